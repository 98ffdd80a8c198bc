"""All laws of the book, field by field, against the facts that they were written from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

from optout.law.model import Law
from tests.law.facts import read_facts
from tests.law.samples import book, laws_as_parsed
from tests.law.test_facts import needs_facts

_LINK = re.compile(r"https?://[^\s'\",\])}]+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
CHECKED_ON = date(2026, 11, 27)

SWITCHED_SINCE = {"gb-uk-gdpr": "2026-02-05"}
"""Changes behind us that the book keeps by their day, and the facts tell in notes."""


@cache
def facts() -> dict[str, dict[str, Any]]:
    return {fact["id"]: fact for fact in read_facts()}


def same(law: Law, fact: dict[str, Any]) -> Iterator[tuple[str, object, object]]:
    """A field's name, what the book says, and what the facts say."""
    yield "status", law.status, fact["status"]
    yield "kind", law.kind, fact["kind"]
    yield "jurisdiction", law.jurisdiction, fact["jurisdiction"]
    yield "confidence", law.confidence, fact["confidence"]
    yield "checked", law.checked.isoformat(), fact["checked"]
    yield "effective", law.effective and law.effective.isoformat(), (
        fact["effective_date"] if _DAY.fullmatch(fact["effective_date"]) else None)
    yield "people", law.people.people, fact["who_may_invoke"]["class"]
    yield "agent", law.agent.allowed, fact["agent"]["allowed"]
    yield "what an agent may do", set(law.agent.rights), set(fact["agent"]["rights"])
    yield "appeal", law.appeal.available, fact["appeal"]["available"]
    yield "deletion", law.third_party_deletion.covered, (
        fact["deletion_of_third_party_data"]["covered"])
    yield "rights", set(law.rights), {right["right"] for right in fact["rights"]}
    yield "reach", {right for right, rule in law.rights.items() if rule.reaches_third_party_data}, {
        right["right"] for right in fact["rights"]
        if right["reaches_data_obtained_from_third_parties"]}
    since = SWITCHED_SINCE.get(law.id)
    yield "changes", [change.on.isoformat() for change in law.changes
                      if change.on.isoformat() != since], [
        change["date"] for change in fact["upcoming_changes"]]


@needs_facts
def test_each_law_is_what_the_facts_say() -> None:
    for law in book().all_on(CHECKED_ON):
        for field, ours, theirs in same(law, facts()[law.id]):
            assert ours == theirs, (law.id, field)


@needs_facts
def test_no_link_is_of_our_own_making() -> None:
    for law in laws_as_parsed()["laws"]:
        known = set(_LINK.findall(str(facts()[law["id"]])))
        assert set(_LINK.findall(str(law))) <= known, law["id"]


@needs_facts
def test_no_address_is_of_our_own_making_and_none_is_printed_unconfirmed() -> None:
    for law in book().laws.values():
        known = {line.replace("'", "’") for authority in facts()[law.id]["enforcement"]
                 for line in authority["postal"]["lines"] or ()}
        for authority in law.authorities:
            assert set(authority.postal) <= known, (law.id, authority.name)
            assert not authority.postal or not authority.postal_status.startswith("not")
