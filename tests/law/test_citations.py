"""Every section that a letter may cite stands in the facts, down to its paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from optout.domain.words import Right
from optout.registry import strict_yaml
from tests.law.facts import FACTS
from tests.law.oracle import Facts
from tests.law.samples import book
from tests.law.test_facts import needs_facts

_SECTION = re.compile(
    r"\d+[A-Z]?(?:[-.:]\d+[A-Z]?(?:\.\d+)*)*(?:-\d+)?(?:\([A-Za-z0-9]+\))*")

SHORTENED = {"47-18-3203": "[act: 3203]", "47-18-3203(c)": "[act: 3203(c)]"}
"""Sections of which the facts write only the end."""


@cache
def data() -> dict[str, Any]:
    found, _ = strict_yaml.load(FACTS, name="facts")
    assert isinstance(found, dict)
    return found


def sections(text: str) -> set[str]:
    return set(_SECTION.findall(text.replace("–", "-")))


def strange(cited: str, said: str) -> set[str]:
    """Sections of a citation that a text does not name.

    `19.373.040(1)(g)` is named by `19.373.040(1)(a),(g)`.
    """
    return {one for one in sections(cited)
            if SHORTENED.get(one, one) not in said and not _in_parts(one, said)}


def _in_parts(section: str, said: str) -> bool:
    number, *paragraphs = re.findall(r"[^()]+|\([^()]+\)", section)
    return len(paragraphs) > 1 and all(
        part in said for part in (f"{number}{paragraphs[0]}", *paragraphs[1:]))


@pytest.mark.parametrize(("cited", "said", "found"), [
    ("Va. Code § 59.1-577(A)(3)", "59.1-577(A)(3); deadline 59.1-577(B)(1)", set()),
    ("Va. Code § 59.1-577(A)(4)", "59.1-577(A)(3); deadline 59.1-577(B)(1)", {"59.1-577(A)(4)"}),
    ("RCW 19.373.040(1)(g)", "RCW 19.373.040(1)(a),(g)", set()),
    ("15 U.S.C. § 1681i(b)–(c)", "15 U.S.C. 1681i(b)-(c)", set()),
    ("GDPR Art. 18", "Art. 17; deadline Art. 12(3)", {"18"}),
])
def test_a_section_that_is_not_named_is_found(cited: str, said: str, found: set[str]) -> None:
    assert strange(cited, said) == found


@needs_facts
def test_every_right_is_cited_by_its_own_section() -> None:
    facts = Facts(data())
    for law, right in facts.pairs():
        fact = facts.right(law, right)
        said = f"{fact['section']} {facts.laws[law]['citation']}"
        assert strange(book().laws[law].rights[Right(right)].section, said) == set(), (law, right)


@needs_facts
def test_every_period_is_cited_by_a_section_of_its_law() -> None:
    facts = Facts(data())
    rules = str(data()["business_day_rules"])
    for law, right in facts.pairs():
        said = str(facts.laws[law]) + rules
        for cited in _of_periods(law, Right(right)):
            assert strange(cited, said) == set(), (law, right)


@needs_facts
def test_what_else_a_letter_cites_stands_in_the_facts() -> None:
    facts = Facts(data())
    rules = str(data()["business_day_rules"])
    for law in book().laws.values():
        said = str(facts.laws[law.id]) + rules
        cited = [law.appeal.section, law.agent.section,
                 law.third_party_deletion.suppression_section,
                 law.refusal.section if law.refusal else ""]
        for one in cited:
            assert strange(one, said) == set(), law.id


def _of_periods(law: str, right: Right) -> Iterator[str]:
    rule = book().laws[law].rights[right]
    for period in (rule.deadline, rule.acknowledgement, rule.extension,
                   *(one for _, one in rule.by_channel)):
        yield period.section if period else ""
