"""Every period of every right, beside the numbers of the facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from optout.domain.broker import Broker
from optout.domain.errors import NotFound
from optout.domain.footing import ComputedDate
from optout.domain.words import Channel, Right, Role
from optout.law.deadlines import appeal_deadlines, deadlines
from optout.law.model import LawBook
from tests.law.grid import ORDINARY
from tests.law.oracle import Facts
from tests.law.oracle_numbers import Numbers, Period, numbers

STARTS = tuple(date.fromisoformat(day) for day in (
    "2026-11-30", "2026-12-31", "2027-01-04", "2027-07-01", "2028-02-01"))
AGENCIES = tuple(
    replace(ORDINARY, role=Role.CONSUMER_REPORTING_AGENCY, regulated_as=(mark,))
    for mark in ("fcra", "fcra_nationwide", "fcra_specialty_nationwide"))


def walk_numbers(book: LawBook, facts: Facts) -> Iterator[str]:
    """Each number, unit or start that the facts do not bear, in words."""
    for law, right in facts.pairs():
        if law not in book.histories:
            continue
        agencies = AGENCIES if law == "us-federal-fcra" else (ORDINARY,)
        for broker in agencies:
            for day in STARTS:
                for channel in (Channel.EMAIL, Channel.POSTAL_MAIL):
                    told = numbers(
                        facts, law, right, day.isoformat(),
                        by_post=channel is Channel.POSTAL_MAIL,
                        marks=frozenset(broker.regulated_as))
                    cell = f"{law} {right}, {channel}, from {day}, {broker.regulated_as}"
                    yield from (f"{cell}: {what}" for what in _wrong(
                        book, (law, Right(right)), day, channel, broker, told=told))


def _wrong(
    book: LawBook, pair: tuple[str, Right], day: date, channel: Channel, broker: Broker, *,
    told: Numbers,
) -> Iterator[str]:
    law, right = pair
    found = deadlines(book, law, right, day, channel, broker=broker)
    rule = book.law(law, day).rule(right)
    yield from _unless(_shown(found.respond_by), told.answer, "answer")
    yield from _unless(_shown(found.acknowledge_by), told.acknowledgement, "acknowledgement")
    longer = rule.extension and found.extended_respond_by and (
        rule.extension.number or 0, rule.extension.unit.value)
    yield from _unless(longer or None, told.extension, "extension")
    period = rule.period_for(channel, broker) or rule.acknowledgement
    if period and period.starts_at.value not in told.starts:
        yield f"starts at {period.starts_at}, the facts say {sorted(told.starts)}"
    yield from _unless(_appeal(book, law, day), told.appeal, "appeal")


def _appeal(book: LawBook, law: str, day: date) -> Period:
    try:
        return _shown(appeal_deadlines(book, law, day).respond_by)
    except NotFound:
        return None


def _shown(found: ComputedDate | None) -> Period:
    return (found.number, found.unit.value) if found else None


def _unless(found: Period, told: frozenset[Period], name: str) -> Iterator[str]:
    if found not in told:
        yield f"{name} {found}, the facts say {' or '.join(map(str, told))}"
