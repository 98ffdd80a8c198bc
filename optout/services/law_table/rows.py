"""What the law says of one place, recipient and capacity, as spans of days that say the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from optout.domain.broker import Broker
from optout.domain.footing import Footing, Limit, Withheld
from optout.domain.words import Channel, Right
from optout.law.applicable import applicable
from optout.law.model import Law, LawBook
from optout.law.words import ClockStart
from optout.services.law_table.places import Asking, Place
from optout.services.law_table.words import period_words

Pair = tuple[str, Right | None]


@dataclass(frozen=True, slots=True)
class Entry:
    """What holds for one right, or, with `right` None, for all of a law.

    Args:
        may: it may be asserted; then `why` is empty, and otherwise the citation.
        answer: by when they must answer; empty where the law sets no number.
        number, unit: the same for programs; empty where there is none.
    """

    law: str
    law_name: str
    right: Right | None
    may: bool
    citation: str = ""
    answer: str = ""
    number: str = ""
    unit: str = ""
    limits: tuple[Limit, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Days on which the same holds; `until` None: nothing else is known after."""

    since: date
    until: date | None
    entry: Entry


def table_days(book: LawBook, today: date, others: Sequence[date]) -> tuple[date, ...]:
    """The days to look at: those named, and each on which a law changes between them."""
    last = max(today, *others)
    changes = {since for history in book.histories.values() for since, _ in history.versions}
    begins = {law.effective for law in book.all_on(last) if law.effective}
    return tuple(sorted({today, *(day for day in (*others, *changes, *begins)
                                  if today < day <= last)}))


def spans_of(
    book: LawBook, place: Place, broker: Broker, asking: Asking, days: Sequence[date]
) -> Mapping[Pair, tuple[Span, ...]]:
    """Each right that any of the days knows, best first, with what holds when."""
    by_day = [_entries(book, place, broker, asking, day) for day in days]
    pairs = dict.fromkeys(pair for entries in by_day for pair in entries)
    return {pair: _joined([(day, entries[pair]) for day, entries in zip(
        days, by_day, strict=True) if pair in entries], days) for pair in pairs}


def _entries(
    book: LawBook, place: Place, broker: Broker, asking: Asking, day: date
) -> dict[Pair, Entry]:
    found = applicable(book, [place.code], broker, day, asking.acting_as,
                       holds_power_of_attorney=asking.power)
    made = [*(_given(book.law(one.law, day), one, broker) for one in found.offered),
            *(_refused(book.law(one.law, day), one) for one in found.withheld
              if one.law in book.histories)]
    return {(entry.law, entry.right): entry for entry in made}


def _given(law: Law, footing: Footing, broker: Broker) -> Entry:
    period = law.deadline_of(footing.right, Channel.EMAIL, broker)
    longer = law.extension_of(footing.right)
    answer = period_words(period) if period else ""
    if period and longer and longer.number:
        answer += f", and {period_words(longer)} more if they say so in time" if (
            longer.notice_required) else f", in some cases {period_words(longer)} more"
    if period and period.starts_at is not ClockStart.RECEIPT:
        answer += f", from {period.starts}"
    return Entry(
        law=law.id, law_name=law.short_name, right=footing.right, may=True,
        citation=footing.citation, answer=answer, number=str(period.number) if period else "",
        unit=period.unit.value if period else "", limits=footing.limits)


def _refused(law: Law, withheld: Withheld) -> Entry:
    return Entry(law=law.id, law_name=law.short_name, right=withheld.right, may=False,
                 why=withheld.reason)


def _joined(found: Sequence[tuple[date, Entry]], days: Sequence[date]) -> tuple[Span, ...]:
    """Neighbouring days that say the same, as one span."""
    made: list[Span] = []
    for day, entry in found:
        following = next((other for other in days if other > day), None)
        until = following - timedelta(days=1) if following else None
        if made and made[-1].entry == entry and made[-1].until == day - timedelta(days=1):
            made[-1] = Span(made[-1].since, until, entry)
        else:
            made.append(Span(day, until, entry))
    return tuple(made)
