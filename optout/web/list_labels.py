"""What lists, the board and finds are called on a page."""

from __future__ import annotations

from typing import Any

from optout.domain.listing import Column, SortBy
from optout.services.finding import FoundKind
from optout.web.i18n import lazy as _
from optout.web.labels import TABLES

COLUMNS: dict[Column, Any] = {
    Column.TO_SEND: _("To write and send"),
    Column.YOUR_TURN: _("They want something from you"),
    Column.WITH_THEM: _("With them"),
    Column.ANSWERED: _("Answered, look for yourself"),
    Column.ESCALATED: _("Taken further"),
    Column.OVER: _("Over"),
}

SORTS: dict[SortBy, Any] = {
    SortBy.MADE: _("Newest first"),
    SortBy.OLDEST: _("Oldest first"),
    SortBy.MOVED: _("Latest event first"),
    SortBy.NEXT: _("Next date first"),
}

FINDS: dict[FoundKind, Any] = {
    FoundKind.REQUEST: _("Requests"),
    FoundKind.PERSON: _("People"),
    FoundKind.COMPANY: _("Companies"),
    FoundKind.CLAIM: _("What companies wrote"),
    FoundKind.NOTE: _("Notes in histories"),
    FoundKind.LISTING: _("Listings that were seen"),
    FoundKind.TASK: _("Reminders and reasons"),
    FoundKind.PROOF: _("Files kept as proof"),
    FoundKind.PAPER: _("Papers"),
}

TABLES.update({Column: COLUMNS, SortBy: SORTS, FoundKind: FINDS})
