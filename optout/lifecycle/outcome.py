"""What became of it, derived from the history: confirmed gone, or listed again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from optout.domain.request import RequestEvent
from optout.domain.words import Event
from optout.lifecycle.life import effective
from optout.lifecycle.table import ASKS_ANEW, CLAIMS

DAYS_BETWEEN_LOOKS = 7
"""Two clean looks this many days apart confirm without the broker's word (DESIGN, Words)."""

_GONE_CLAIMS = frozenset({Event.CLAIM_REMOVED, Event.CLAIM_SUPPRESSED})


@dataclass(slots=True)
class _Outlook:
    """What is known so far, walking along a history."""

    asked: bool = False
    claimed: bool = False
    clean: list[date] = field(default_factory=list)
    relisted: bool = False

    @property
    def gone(self) -> bool:
        spread = (max(self.clean) - min(self.clean)).days if self.clean else -1
        return spread >= DAYS_BETWEEN_LOOKS or (bool(self.clean) and self.claimed)

    def take(self, event: RequestEvent) -> None:
        if event.event is Event.MARK_SENT:
            self.asked = True
        if event.event in CLAIMS:
            self.claimed = event.event in _GONE_CLAIMS
        elif event.event in ASKS_ANEW:
            self.claimed = False  # that claim answered an earlier asking
        elif event.event is Event.LOOK_LISTED:
            # What we see outweighs what was said: the claim and the clean looks before count
            # no more. A look that failed says nothing, either way.
            self.relisted = self.relisted or self.gone
            self.claimed, self.clean = False, []
        elif event.event is Event.LOOK_NOT_FOUND and self.asked:
            self.clean.append(event.on)
        if self.gone:
            self.relisted = False


def _outlook(events: Sequence[RequestEvent]) -> _Outlook:
    outlook = _Outlook()
    for event in effective(events):
        outlook.take(event)
    return outlook


def confirmed_gone(events: Sequence[RequestEvent]) -> bool:
    """Whether the listing is known to be gone.

    Two clean looks at least seven days apart, or one and the broker's claim that it removed or
    suppressed the data; in both cases after the request left and after the last time that the
    listing was seen. A claim alone, or a look that failed, never confirms.
    """
    return _outlook(events).gone


def relisted(events: Sequence[RequestEvent]) -> bool:
    """Whether it was confirmed gone, was seen again later, and was not confirmed gone since."""
    return _outlook(events).relisted


def clean_looks(events: Sequence[RequestEvent]) -> int:
    """How many clean looks in a row there were since asking, or since it was last seen."""
    return len(_outlook(events).clean)


def failed_looks(events: Sequence[RequestEvent]) -> int:
    """On how many days in a row it could not be seen; 0 where the last look could tell."""
    days: set[date] = set()
    for event in effective(events):
        if event.event in {Event.LOOK_LISTED, Event.LOOK_NOT_FOUND}:
            days.clear()
        elif event.event is Event.LOOK_FAILED:
            days.add(event.on)
    return len(days)


def came_back_on(events: Sequence[RequestEvent]) -> date | None:
    """The day on which it came back, or was sent elsewhere, since it last left; None without."""
    for event in reversed(effective(events)):
        if event.event is Event.MARK_SENT:
            return None
        if event.event in {Event.BOUNCE, Event.REDIRECT}:
            return event.on
    return None


def unfolding(events: Sequence[RequestEvent]) -> Iterator[tuple[RequestEvent, bool, bool]]:
    """Each event that counts, and whether it was confirmed gone, or listed again, after it."""
    outlook = _Outlook()
    for event in effective(events):
        outlook.take(event)
        yield event, outlook.gone, outlook.relisted
