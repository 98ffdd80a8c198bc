"""No false assertion in any cell: every place, recipient, capacity and day, against the facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest

from optout.domain.footing import Applicable
from optout.domain.words import Role
from optout.law.applicable import applicable
from optout.law.model import LawBook
from optout.law.reading import read_laws
from optout.registry import strict_yaml
from tests.law.facts import FACTS
from tests.law.grid import (
    DAYS,
    DROP,
    ELSEWHERE,
    EUROPE,
    FEW,
    ORDINARY,
    STATES,
    Finding,
    as_recipient,
    disagreement,
    walk,
)
from tests.law.grid_numbers import AGENCIES, walk_numbers
from tests.law.oracle import Facts
from tests.law.oracle_verdict import Asker
from tests.law.samples import book, laws_as_parsed
from tests.law.test_facts import needs_facts
from tests.law.test_oracle import sample

SAMPLED = ("us-ca-ccpa", "us-ca-delete-act", "us-va-vcdpa", "us-federal-fcra", "eu-gdpr")
GROUPS = {"the western states": STATES[::2], "the other states": STATES[1::2],
          "Europe": EUROPE, "elsewhere": ELSEWHERE}


@cache
def facts() -> Facts:
    data, _ = strict_yaml.load(FACTS, name="facts")
    assert isinstance(data, dict)
    return Facts(data)


def pairs(found: Applicable) -> set[tuple[str, str]]:
    return {(footing.law, footing.right.value) for footing in found.offered}


def only(laws: LawBook, ids: Iterable[str]) -> LawBook:
    return replace(laws, histories={law: laws.histories[law] for law in ids})


def told(findings: Iterable[Finding]) -> str:
    """Each kind of finding once, with the first cell in which it shows."""
    kinds: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        kinds.setdefault((finding.law, finding.right, finding.what), []).append(finding)
    return "\n".join(f"{found[0]} ({len(found)} cells)" for found in kinds.values())


@needs_facts
def test_every_researched_law_is_in_the_book() -> None:
    assert set(book().histories) == set(facts().laws)
    for law, right in facts().pairs():
        assert right in set(book().laws[law].rights), law


@needs_facts
@pytest.mark.parametrize("group", GROUPS)
def test_no_cell_holds_a_false_assertion_and_none_lacks_a_true_one(group: str) -> None:
    assert told(walk(book(), facts(), GROUPS[group])) == ""


@needs_facts
def test_every_number_is_one_of_the_facts() -> None:
    assert list(walk_numbers(book(), facts())) == []


@needs_facts
@pytest.mark.parametrize("day", DAYS)
def test_two_homes_give_what_each_of_them_gives(day: date) -> None:
    for homes in (("US-CA", "US-VA"), ("US-OR", "DE"), ("GB", "CA-QC"), ("US-NY", "US-TX")):
        for broker in FEW:
            each = [pairs(applicable(book(), [home], broker, day)) for home in homes]
            assert pairs(applicable(book(), list(homes), broker, day)) == set().union(*each)


@needs_facts
@pytest.mark.parametrize("day", DAYS)
def test_a_former_home_gives_no_more_than_a_home_and_says_so(day: date) -> None:
    for place in (*STATES, *EUROPE, *ELSEWHERE):
        as_home = pairs(applicable(book(), [place], ORDINARY, day))
        for footing in applicable(book(), ["US-NY"], ORDINARY, day, former=[place]).offered:
            assert (footing.law, footing.right.value) in as_home
            assert "still_resident" in {limit.key for limit in footing.limits}, footing


@needs_facts
@pytest.mark.parametrize("day", DAYS)
def test_without_a_recipient_nothing_is_asserted_that_no_recipient_bears(day: date) -> None:
    for place in (*STATES, *EUROPE, *ELSEWHERE):
        some = [as_recipient(broker) for broker in (
            replace(ORDINARY, country=place[:2]), DROP, *AGENCIES)]
        for footing in applicable(book(), [place], None, day).offered:
            said = [facts().verdict(footing.law, footing.right.value, Asker(place), to,
                                    day.isoformat()) for to in some]
            at_home = [replace(one, limits=one.limits - {"link"}) for one in said]
            assert any(not list(disagreement(footing, one)) for one in at_home), (place, footing)


# The same over the stand-in for the facts, which is always at hand

def test_the_sampled_laws_agree_with_the_second_reading() -> None:
    laws = only(book(), SAMPLED)
    assert told(walk(laws, sample(), ("US-CA", "US-VA", "US-NY", "DE", "GB", "CA-QC"))) == ""
    assert list(walk_numbers(laws, sample())) == []


# A book that claims too much, or too little, does not pass

Law = dict[str, Any]


def moved(law: Law) -> None:
    law["rights"]["delete"]["reaches_data_obtained_from_third_parties"] = True


def early(law: Law) -> None:
    law["changes"][0]["on"] = "2026-12-31"


def widened(law: Law) -> None:
    law["agent"].update(allowed="opt_out_only", rights=["opt_out_of_sale"], not_for=[])


def for_all(law: Law) -> None:
    law["jurisdiction"] = "US-NY"


def without(*keys: str) -> Callable[[Law], None]:
    """The law without the limits of these keys."""
    def change(law: Law) -> None:
        for holder in (law["applies_to"], *law["exemptions"], *law["rights"].values()):
            if holder.get("limit", {}).get("key") in keys:
                del holder["limit"]
            if "limits" in holder:
                holder["limits"] = [one for one in holder["limits"] if one["key"] not in keys]
    return change


def unbound(law: Law) -> None:
    del law["rights"]["freeze"]["binds"]


def erased(law: Law) -> None:
    del law["rights"]["delete"]["not_offered"]


def withheld(law: Law) -> None:
    law["rights"]["access"]["not_offered"] = "For no good reason."


def later(law: Law) -> None:
    law["effective_date"] = "2027-06-01"


MUTATIONS: list[tuple[str, Callable[[Law], None], str]] = [
    ("us-ca-ccpa", moved, "us-ca-ccpa delete: FALSE ASSERTION (the right covers only data"),
    ("us-ca-ccpa", early, "us-ca-ccpa delete: FALSE ASSERTION (the right covers only data"),
    ("us-ca-ccpa", without("publicly_available"), "LIMIT MISSING (public)"),
    ("us-ca-ccpa", without("size_threshold"), "LIMIT MISSING (size)"),
    ("us-ca-ccpa", later, "us-ca-ccpa access: NOT OFFERED"),
    ("us-va-vcdpa", widened, "FALSE ASSERTION (an agent may not ask for this)"),
    ("us-va-vcdpa", for_all, "FALSE ASSERTION (only residents of US-VA may invoke it)"),
    ("us-va-vcdpa", without("glba_entity"), "LIMIT MISSING (glba)"),
    ("us-va-vcdpa", without("for_money"), "LIMIT MISSING (money)"),
    ("us-va-vcdpa", without("business_capacity"), "LIMIT MISSING (capacity)"),
    ("us-va-vcdpa", withheld, "us-va-vcdpa access: NOT OFFERED, though the facts give it (For"),
    ("us-federal-fcra", unbound, "FALSE ASSERTION (it binds the nationwide agencies only)"),
    ("us-federal-fcra", erased, "us-federal-fcra delete: FALSE ASSERTION"),
    ("us-federal-fcra", without("identity_theft"), "LIMIT MISSING (identity_theft)"),
    ("eu-gdpr", for_all, "eu-gdpr access: FALSE ASSERTION (neither the person nor the firm"),
]


@cache
def parsed() -> dict[str, Any]:
    return laws_as_parsed()


def spoilt(law_id: str, change: Callable[[Law], None]) -> LawBook:
    """The sampled laws of the book, one of them changed."""
    laws = deepcopy([law for law in parsed()["laws"] if law["id"] in SAMPLED])
    change(next(law for law in laws if law["id"] == law_id))
    return read_laws({**parsed(), "laws": laws})


@pytest.mark.parametrize(("law_id", "change", "what"), MUTATIONS)
def test_the_grid_finds_a_law_that_says_too_much_or_too_little(
    law_id: str, change: Callable[[Law], None], what: str
) -> None:
    found = told(walk(spoilt(law_id, change), sample(), ("US-CA", "US-VA", "US-NY"), DAYS[:3]))
    assert what in found


def slower(law: Law) -> None:
    law["every_right"]["deadline"]["number"] = 60


def no_pick_up(law: Law) -> None:
    law["every_right"]["deadline"]["starts_at"] = "other"


def longer(law: Law) -> None:
    law["every_right"]["extension"]["number"] = 60


def in_days(law: Law) -> None:
    law["every_right"]["extension"]["unit"] = "calendar_days"
    law["every_right"]["deadline"] = {
        "number": 30, "unit": "calendar_days", "starts": "receipt of the request"}


def quick_appeal(law: Law) -> None:
    law["appeal"]["answer_within"]["number"] = 45


@pytest.mark.parametrize(("law_id", "change", "what"), [
    ("us-ca-delete-act", no_pick_up, "starts at other, the facts say ['pick_up']"),
    ("us-va-vcdpa", slower, "answer (60, 'calendar_days'), the facts say (45, 'calendar_days')"),
    ("us-va-vcdpa", longer, "extension (60, 'calendar_days'), the facts say"),
    ("us-va-vcdpa", quick_appeal, "appeal (45, 'calendar_days'), the facts say (60"),
    ("eu-gdpr", in_days, "answer (30, 'calendar_days'), the facts say (1, 'months')"),
])
def test_the_grid_finds_a_wrong_number(
    law_id: str, change: Callable[[Law], None], what: str
) -> None:
    assert any(what in line for line in walk_numbers(spoilt(law_id, change), sample()))


def test_a_finding_names_its_cell() -> None:
    first = next(walk(spoilt("us-va-vcdpa", widened), sample(), ("US-VA",)))
    assert str(first).endswith("US-VA, agent, to broker in US , on 2026-11-27")


def test_a_law_that_leaves_agencies_out_is_not_offered_against_one() -> None:
    opt_out = ("us-nv-603a", "opt_out_of_sale")
    for broker in (*AGENCIES[1:], replace(AGENCIES[0], role=Role.BROKER), ORDINARY):
        found = applicable(book(), ["US-NV"], broker, DAYS[0])
        known = broker.role is Role.CONSUMER_REPORTING_AGENCY
        assert (opt_out in pairs(found)) is not known
        assert known is any("leaves consumer reporting agencies out" in one.reason
                            for one in found.withheld)
