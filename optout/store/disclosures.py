"""The ledger: which facts, by name, each broker now knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from optout.domain.request import Disclosure
from optout.domain.words import Fact
from optout.store.models import DisclosureRow
from optout.store.rows import changed

_TABLE = cast("sa.Table", DisclosureRow.__table__)


def add_many(session: Session, disclosures: Iterable[Disclosure]) -> None:
    """Write down what was handed over."""
    rows = [
        {"person_id": entry.person_id, "broker_id": entry.broker_id, "fact": entry.fact,
         "disclosed_on": entry.on, "why": entry.why, "request_id": entry.request_id or None}
        for entry in disclosures]
    if rows:
        session.execute(sa.insert(_TABLE), rows)


def take_back(session: Session, request_id: str, on: date, why: str) -> int:
    """Strike out what was entered for a request on a day for a reason: it never went out.

    Returns:
        How many entries were struck out.
    """
    return changed(session, sa.delete(_TABLE).where(
        _TABLE.c.request_id == request_id, _TABLE.c.disclosed_on == on, _TABLE.c.why == why))


def of_person(session: Session, person_id: str) -> tuple[Disclosure, ...]:
    """All that was handed over about a person, oldest first."""
    rows = session.execute(
        sa.select(_TABLE).where(_TABLE.c.person_id == person_id)
        .order_by(_TABLE.c.disclosed_on, _TABLE.c.id))
    return tuple(
        Disclosure(row.person_id, row.broker_id, row.fact, row.disclosed_on, row.why,
                   row.request_id or "")
        for row in rows)


def known_facts(session: Session, person_id: str) -> Mapping[str, frozenset[Fact]]:
    """What each broker knows from us, by the broker's id."""
    rows = session.execute(
        sa.select(_TABLE.c.broker_id, _TABLE.c.fact)
        .where(_TABLE.c.person_id == person_id).distinct())
    known: defaultdict[str, set[Fact]] = defaultdict(set)
    for broker_id, fact in rows:
        known[broker_id].add(fact)
    return {broker_id: frozenset(facts) for broker_id, facts in known.items()}
