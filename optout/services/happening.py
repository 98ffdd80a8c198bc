"""One event as it is reported, and what makes a report impossible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from optout.domain.errors import InvalidInput, Refused
from optout.domain.never_kept import kept_text
from optout.domain.outcome_words import RefusalReason
from optout.domain.request import Request, RequestEvent
from optout.domain.words import Event
from optout.lifecycle.outcome import came_back_on
from optout.services.marking_effects import LOOKS, REFUSALS

LONGEST_NOTE = 4_000

_ON_ANY_DAY = frozenset({Event.PREPARE, Event.UNDO})
_TODAY_OR_BEFORE = "Enter today or an earlier day. If today’s date is wrong, set the clock."


@dataclass(frozen=True, slots=True)
class Happening:
    """One event as it is reported.

    Args:
        on: the day on which it happened, local.
        at: the instant at which it is written down.
        detail: the reporter's note, or the words of a claim; personal data.
        received_on: the day on which the recipient had the request, where known.
        until: the date that the broker named: the end of an extension, the expiry of a link.
        by_counsel: counsel filed it; nobody else ever sends a draft for counsel.
        reason: why they refused, for a refusal of all or a part.
        look_id: the look that is written into the history.
        before_making: it left before it was entered here, as the person says.
    """

    event: Event
    on: date
    at: datetime
    actor: str
    detail: str = ""
    received_on: date | None = None
    until: date | None = None
    by_counsel: bool = False
    reason: RefusalReason | None = None
    look_id: str = ""
    before_making: bool = False


def check(
    request: Request, happening: Happening, today: date, before: Sequence[RequestEvent]
) -> None:
    """Days must be in order, and notes short and without the number of a paper.

    Args:
        request: as it stands before the event.
        happening: the event.
        today: the latest day that has come.
        before: what happened so far.

    Raises:
        InvalidInput: naming the field.
        Refused: for a look at a request that another one continues.
    """
    if happening.event in LOOKS and request.successor_id:
        raise Refused(f"{request.id} goes on as {request.successor_id}.",
                      remedy=f"Enter what you saw under {request.successor_id}.")
    _check_day(request, happening, today, came_back_on(before))
    if happening.reason is not None and happening.event not in REFUSALS:
        raise InvalidInput("Only a refusal has a reason of theirs.", field="reason",
                           remedy="Leave the reason out, or record that they refused.")
    if len(happening.detail) > LONGEST_NOTE:
        raise InvalidInput(f"The note is longer than {LONGEST_NOTE} characters.", field="detail",
                           remedy="Shorten it, or keep the whole text in a file.")
    kept_text(happening.detail, "detail")
    if happening.until is not None and happening.until < happening.on:
        raise InvalidInput("The date that they named lies before the day of their message.",
                           field="until", remedy="Check both days.")


def _check_day(
    request: Request, happening: Happening, today: date, came_back: date | None
) -> None:
    """Nothing happens on a day to come, nor comes back before it left, nor leaves unmade.

    What came back does not leave again before that day.

    A clock may have been set back since it was made or sent: those days have come. A paper may
    bear the date of a day to come, and the latest entry can be taken back on any day.
    """
    sent, made, on = request.sent_on, request.created_on, happening.on
    leaves = happening.event is Event.MARK_SENT
    last = max(today, made, sent or made)
    if on > last and happening.event not in _ON_ANY_DAY:
        raise InvalidInput("This day has not come yet.", field="on", remedy=_TODAY_OR_BEFORE)
    if leaves and on < made and not happening.before_making:
        raise InvalidInput(
            f"That is before the request was made here ({made.isoformat()}).", field="on",
            remedy="Check the day. If it did leave before, say so: with --before-making, or "
                   "on its page.")
    if leaves and came_back is not None and on < came_back and not happening.before_making:
        raise InvalidInput(
            f"That is before it came back ({came_back.isoformat()}).", field="on",
            remedy="Check both days. If it did leave before, say so: with --before-making, or "
                   "on its page.")
    if sent is not None and not leaves and happening.event is not Event.UNDO and on < sent:
        raise InvalidInput(f"That is before the request was sent ({sent.isoformat()}).",
                           field="on", remedy="Check the day.")
    _check_receipt(happening.received_on, on if leaves else sent, last)


def _check_receipt(received: date | None, left: date | None, last: date) -> None:
    if received is None:
        return
    if left is None or received < left:
        raise InvalidInput("It cannot have been received before it was sent.",
                           field="received_on", remedy="Check both days.")
    if received > last:
        raise InvalidInput("The day on which it was received has not come yet.",
                           field="received_on", remedy=_TODAY_OR_BEFORE)
