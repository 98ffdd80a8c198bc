"""When to look again where no request calls for it, and what looks without one have shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile

from optout.domain.exposure import Exposure
from optout.domain.look import Look
from optout.domain.outcome_words import LookResult
from optout.lifecycle.look_tasks import INTERVALS, next_look_days, retry_days, retry_why
from optout.lifecycle.outcome import DAYS_BETWEEN_LOOKS
from optout.lifecycle.situation import Expectation

SEEN = "It was there when it was last seen. Look whether it still is, and enter what you saw."
AWAY = "Listings come back. Look whether this one stayed away, and enter what you saw."
NEVER = ("Nothing was there at the last look. Look again, as such lists are filled anew, and enter "
         "what you saw.")
OPEN = "What the last look showed is not written down. Enter it, or look again."


@dataclass(frozen=True, slots=True)
class Watch:
    """The next look at one place.

    Args:
        cause: the id of the look or of the listing that calls for it.
        due_on: from when it is worth a look.
        why: in plain words, without personal data.
    """

    cause: str
    due_on: date
    why: str


def watch_of(
    looks: Sequence[Look], listings: Sequence[Exposure], expectation: Expectation,
) -> Watch | None:
    """The next look at a place, by the newest thing known of it; None where nothing is known.

    Args:
        looks: the person's looks there, oldest first.
        listings: the person's listings there, first seen first.
        expectation: how long to wait; see `next_look_days`.
    """
    look = looks[-1] if looks else None
    listing = listings[-1] if listings else None
    if listing is not None and (look is None or look.looked_on < listing.seen_on):
        return Watch(listing.id, listing.seen_on + _days(expectation, 0), SEEN)
    if look is None:
        return None
    if look.result is LookResult.LISTED:
        return Watch(look.id, look.looked_on + _days(expectation, 0), SEEN)
    if look.result is LookResult.COULD_NOT_LOOK:
        failed = failed_days(looks)
        return Watch(look.id, look.looked_on + timedelta(days=retry_days(failed)),
                     OPEN if look.reason is None else retry_why(failed))
    if not (listings or any(one.result is LookResult.LISTED for one in looks)):
        return Watch(look.id, look.looked_on + _days(expectation, len(INTERVALS)), NEVER)
    clean = len(clean_days(looks, listings))
    return Watch(look.id, look.looked_on + _days(expectation, clean - 1), AWAY)


def failed_days(looks: Sequence[Look]) -> int:
    """On how many days in a row it could not be seen; 0 where the last look could tell."""
    days = takewhile(lambda look: look.result is LookResult.COULD_NOT_LOOK, reversed(looks))
    return len({look.looked_on for look in days})


def clean_days(looks: Sequence[Look], listings: Sequence[Exposure] = ()) -> tuple[date, ...]:
    """The days of the clean looks since it was last seen there; a look that failed says nothing.

    Args:
        looks: oldest first.
        listings: first seen first; a look on the day on which one was seen came after it.
    """
    clean: list[date] = []
    for look in looks:
        if look.result is LookResult.LISTED:
            clean = []
        elif look.result is LookResult.NOT_FOUND:
            clean.append(look.looked_on)
    seen = listings[-1].seen_on if listings else date.min
    return tuple(day for day in clean if day >= seen)


def seen_gone(looks: Sequence[Look], listings: Sequence[Exposure] = ()) -> bool:
    """Whether it is known to be gone where nothing was asked: two clean looks seven days apart."""
    clean = clean_days(looks, listings)
    return bool(clean) and (clean[-1] - clean[0]).days >= DAYS_BETWEEN_LOOKS


def came_back_after(
    looks: Sequence[Look], listings: Sequence[Exposure] = (), *, asked: bool = False,
) -> int | None:
    """Days from the first clean look to the last look, if that saw a listing again.

    None where nothing came back: it was never known to be there, was not missed before, or was
    missed for less than seven days only, which may have been a look that missed it.

    Args:
        looks: oldest first, the one in question last.
        listings: first seen first.
        asked: a request was sent there before, so it was believed to be there.
    """
    if not looks or looks[-1].result is not LookResult.LISTED:
        return None
    back, before = looks[-1].looked_on, looks[:-1]
    known = [one for one in listings if one.seen_on < back]
    clean = clean_days(before, known)
    was_there = asked or known or any(one.result is LookResult.LISTED for one in before)
    days = (back - clean[0]).days if clean else 0
    return days if was_there and days >= DAYS_BETWEEN_LOOKS else None


def came_back_days(
    looks: Sequence[Look], listings: Sequence[Exposure] = (), *, asked_on: date | None = None,
) -> tuple[int, ...]:
    """The same for every look that saw a listing again, in their order.

    Args:
        looks: oldest first.
        listings: first seen first.
        asked_on: the day on which a request was first sent there; None where none was.
    """
    found = (came_back_after(
        looks[:number], listings,
        asked=asked_on is not None and asked_on <= looks[number - 1].looked_on)
        for number in range(1, len(looks) + 1))
    return tuple(days for days in found if days is not None)


def _days(expectation: Expectation, clean: int) -> timedelta:
    return timedelta(days=next_look_days(expectation, clean))
