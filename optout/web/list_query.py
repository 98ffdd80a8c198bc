"""The filters of a list in its address: ids and words only, never what someone is called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from werkzeug.datastructures import MultiDict

from optout.domain.errors import NotFound
from optout.domain.listing import STANDINGS_OF, Column, Place, SortBy, Wanted
from optout.domain.outcome_words import Claim, LookResult
from optout.domain.words import Channel, Standing

Word = TypeVar("Word", bound=StrEnum)

_PLACE = re.compile(r"(\d{4}-\d{2}-\d{2})?\.(OPT-[0-9A-Z]{6})")
_DAYS = ("made_from", "made_to", "sent_from", "sent_to")


def wanted_of(said: MultiDict[str, str], today: date) -> Wanted:
    """The filters that an address names.

    Args:
        said: the address's words.
        today: the day on which “late” and “needs me” are asked.

    Raises:
        NotFound: for a word or a day that does not exist.
    """
    days = {name: _day(said.get(name, "")) for name in _DAYS}
    return Wanted(
        person_id=said.get("person", ""), broker_id=said.get("broker", ""),
        standings=_standings(said.getlist("standing")), claim=_word(Claim, said.get("claim")),
        look=_word(LookResult, said.get("look")), law=said.get("law", ""),
        channel=_word(Channel, said.get("channel")),
        late_by=today if said.get("late") else None,
        shown_by=today if said.get("mine") else None, **days)


def sort_of(said: Mapping[str, str]) -> SortBy:
    """The order that an address names.

    Raises:
        NotFound: for an order that does not exist.
    """
    return _word(SortBy, said.get("sort")) or SortBy.MADE


def place_of(said: Mapping[str, str]) -> Place | None:
    """Where the page before ended.

    Raises:
        NotFound: for what names no place.
    """
    text = said.get("after", "")
    if not text:
        return None
    match = _PLACE.fullmatch(text)
    if match is None:
        raise NotFound
    return Place(_day(match[1] or ""), match[2])


def after(place: Place) -> str:
    """A place as an address has it."""
    return f"{place.day or ''}.{place.request_id}"


def query(wanted: Wanted, sort: SortBy = SortBy.MADE) -> dict[str, Any]:
    """The words of an address that names these filters; only those that are set."""
    column = next((one for one, standings in STANDINGS_OF.items()
                   if standings == wanted.standings and len(standings) > 1), None)
    words = {
        "person": wanted.person_id, "broker": wanted.broker_id,
        "standing": [column.value] if column else [one.value for one in wanted.standings],
        "claim": wanted.claim, "look": wanted.look, "law": wanted.law,
        "channel": wanted.channel, "late": "1" if wanted.late_by else "",
        "mine": "1" if wanted.shown_by else "",
        **{name: getattr(wanted, name) for name in _DAYS},
        "sort": "" if sort is SortBy.MADE else sort,
    }
    return {name: value if isinstance(value, list) else str(value)
            for name, value in words.items() if value}


def _standings(said: list[str]) -> tuple[Standing, ...]:
    """Standings, or columns of the board, which stand for theirs."""
    found: list[Standing] = []
    for text in filter(None, said):
        found += STANDINGS_OF[Column(text)] if text in set(Column) else [_known(Standing, text)]
    return tuple(dict.fromkeys(found))


def _word(words: type[Word], said: str | None) -> Word | None:
    return _known(words, said) if said else None


def _known(words: type[Word], said: str) -> Word:
    try:
        return words(said)
    except ValueError as error:
        raise NotFound from error


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said) if said else None
    except ValueError as error:
        raise NotFound from error
