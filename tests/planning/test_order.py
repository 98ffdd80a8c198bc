"""The order of a plan: by harm and by effort, always the same, each step with its why."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optout.domain.broker import DeletionRequests
from optout.domain.person import Person
from optout.domain.places import PersonAddress
from optout.domain.plan import Action, Need
from optout.domain.words import ActionKind, Channel, Fact, Presence
from optout.planning.considerations import WITHIN
from optout.planning.order import LOOKS_IN_A_ROW, in_order
from optout.planning.stages import FIRST, LAST, STAGES
from tests.planning.builders import AT_RISK, AVERY, DAY, SUBSTITUTE, living_in, registered
from tests.planning.steps import NO_LINK, step

SUBSTITUTED = replace(AT_RISK, addresses=(*AT_RISK.addresses,
                                          PersonAddress(SUBSTITUTE, substitute=True)))
LISTED = {"presence": Presence.LISTED}


def look(id_: str = "look", **about: Any) -> Action:
    return step(id_, 2, kind=ActionKind.LOOK, **about)


def ids(*steps: Action, person: Person = AVERY) -> list[str]:
    return [action.broker.id for action in in_order(steps, person, DAY)]


def why(one: Action, person: Person = AVERY) -> str:
    (action,) = in_order([one], person, DAY)
    return action.why_here


def told(*flags: str) -> dict[str, bool]:
    return dict.fromkeys(flags, True)


PROGRAMME = step("programme", 45, kind=ActionKind.HYGIENE, category="protective_programs")
PHONE = step("phone", 10, kind=ActionKind.HYGIENE, category="location", country="")
DROP = step("drop", 22, kind=ActionKind.PLATFORM, channel=Channel.PLATFORM,
            category="state_portal", serves=("a", "b", "c"))

BY_HARM = (
    DROP,
    step("seen-home", changes=LISTED),
    step("seen-elsewhere", category="marketing", country="FR", changes=LISTED),
    step("crucial-finder", priority="crucial"),
    step("crucial-header", category="credit_header", priority="crucial"),
    step("finder"),
    step("court", category="court_records"),
    step("addresses", category="address_trade"),
    step("bureau", category="credit_bureau"),
    step("somewhere", category="phone_lookup", country=""),
    step("sold", category="marketing", reported=told("sold_law_enforcement")),
    step("ads", category="marketing"),
    step("foreign", country="FR", priority="crucial"),
)


def test_what_harms_most_comes_first_whatever_the_order_of_asking() -> None:
    for seed in range(10):
        mixed = list(BY_HARM)
        Random(seed).shuffle(mixed)  # noqa: S311 a test's dice
        assert ids(*mixed) == [action.broker.id for action in BY_HARM]


@given(st.permutations([*BY_HARM, look("a"), look("b"), PHONE, PROGRAMME,
                        *(look(f"l{i}") for i in range(6))]), st.sampled_from([AVERY, AT_RISK]))
def test_the_order_depends_on_the_steps_alone_and_loses_none(
    mixed: list[Action], person: Person,
) -> None:
    ordered = in_order(mixed, person, DAY)
    assert ordered == in_order(sorted(mixed, key=lambda a: a.broker.id), person, DAY)
    assert len(ordered) == len(mixed)
    assert {a.broker.id: replace(a, why_here="") for a in ordered} == {
        a.broker.id: a for a in mixed}
    assert all(a.why_here for a in ordered)
    before = ordered[:[a.kind for a in ordered].index(ActionKind.PLATFORM)]
    assert all(person.at_risk and a.broker.id == "programme" for a in before)


def test_ties_are_decided_by_the_id_even_where_all_else_is_the_same() -> None:
    one, other = step("b"), step("a")
    assert ids(one, other) == ids(other, one) == ["a", "b"]
    assert ids(one, one) == ["b", "b"]
    twice = (look("x"), look("x"), step("x", changes={"missing": NO_LINK}))
    assert ids(*twice) == ["x", "x", "x"]


def test_for_people_at_risk_the_safe_address_comes_before_even_the_platform() -> None:
    asked = (step("seen", changes=LISTED), PHONE, DROP, PROGRAMME)
    assert ids(*asked, person=AT_RISK) == ["programme", "drop", "phone", "seen"]
    assert why(PROGRAMME, AT_RISK) == (
        "For your safety an address that may be shown comes before any request.")


def test_for_others_the_platform_comes_first_and_settings_stand_with_what_they_help() -> None:
    asked = (step("ads", category="marketing"), PROGRAMME, PHONE, DROP,
             step("seen", changes=LISTED), step("tracker", category="location", priority="crucial"))
    assert ids(*asked) == ["drop", "seen", "phone", "tracker", "programme", "ads"]
    assert why(PHONE) == "Requests to brokers of location need what you note down in this step."
    assert why(PROGRAMME) == "It needs no letter and asks nobody."
    assert why(PHONE, AT_RISK) == "What your phone gives away today is newer than any record."


def test_a_picture_is_the_last_thing_that_a_person_at_risk_hands_over() -> None:
    faces = step("faces", category="face_search", priority="crucial")
    others = (step("ads", category="marketing"), step("foreign", country="FR"))
    assert ids(faces, *others, person=AT_RISK) == ["ads", "foreign", "faces"]
    assert ids(faces, *others) == ["faces", "ads", "foreign"]
    assert "Pictures come last" in why(faces, AT_RISK)
    assert why(faces).startswith("Its trade is to find people by their face.")


def test_a_german_is_not_sent_to_american_sites_first() -> None:
    american = step("finder", priority="crucial")
    german = step("adressen", category="address_trade", country="DE")
    european = step("europe", category="marketing", country="IE", active_in=("DE", "AT"))
    assert ids(american, german, european, person=living_in("DE")) == [
        "adressen", "europe", "finder"]
    assert why(american, living_in("DE")).startswith(
        "Nothing shows that it deals in people where you live")


def test_a_former_home_counts_as_well() -> None:
    moved = replace(AVERY, residences=(*living_in("DE").residences, *AVERY.residences))
    assert ids(step("finder"), step("adressen", category="address_trade", country="DE"),
               person=moved) == ["finder", "adressen"]


@pytest.mark.parametrize(("first", "second"), [
    (step("z", priority="crucial"), step("a", priority="high")),
    (step("z", priority="high"), step("a")),
    (step("z", serves=("x", "y")), step("a", serves=("x",))),
    (step("z"), step("a", needs=(Fact.DATE_OF_BIRTH,))),
    (step("z", needs=(Fact.DATE_OF_BIRTH,)), step("a", needs=(Fact.GOVERNMENT_ID,))),
    (step("z"), step("a", changes={
        "needs": (Need(Fact.PHONE, "They ask.", new_to_broker=True),)})),
    (step("z", reported=told("collects_precise_location")), step("a")),
    (step("z", expected_days=3), step("a", expected_days=4)),
    (step("z", 4, expected_days=1), step("a", 5, expected_days=3)),
    (step("z", expected_days=30), step("a")),
    (step("z", 2), step("a", 3)),
])
def test_between_two_of_a_kind(first: Action, second: Action) -> None:
    assert ids(second, first) == ["z", "a"]


def test_what_it_counted_of_itself_says_more_than_its_promise() -> None:
    slow = step("slow", expected_days=1,
                deletion_requests=DeletionRequests(2026, 9, median_days=40))
    assert ids(slow, step("zquick", expected_days=9)) == ["zquick", "slow"]
    assert "within" not in why(slow)


def test_one_firm_that_feeds_others_does_not_wait_for_a_hundred_small_sites() -> None:
    small = [step(f"small{i}") for i in range(20)]
    source = step("source", category="marketing", priority="high", buyers=("brokers", "banks"))
    assert ids(*small, source)[0] == "source"
    assert why(source).startswith("Other brokers buy from it")


def test_looks_are_spread_between_steps_that_take_something_away() -> None:
    looks = [look(f"look{i}") for i in range(8)]
    forms = [step(f"form{i}") for i in range(2)]
    placed = ids(*looks, *forms)
    assert placed == ["look0", "look1", "look2", "form0", "look3", "look4", "look5", "form1",
                      "look6", "look7"]
    assert LOOKS_IN_A_ROW == 3


def test_a_look_comes_before_the_request_that_waits_for_its_link() -> None:
    network = step("parent", serves=("child",), priority="crucial", changes={"missing": NO_LINK})
    child = look("child", category="marketing")
    assert ids(network, child) == ["child", "parent"]
    able = replace(network, missing=())
    assert ids(able, child) == ["parent", "child"]


def test_a_look_comes_before_a_request_to_the_same_broker() -> None:
    asked, seen = step("same", 1, category="marketing"), look("same", category="marketing")
    assert [a.kind for a in in_order([asked, seen], AVERY, DAY)] == [
        ActionKind.LOOK, ActionKind.REQUEST]


@pytest.mark.parametrize(("one", "sentence"), [
    (step("x", expected_days=3),
     "Sites of its kind show home addresses to anyone, and it promises an answer within 3 days."),
    (step("x", 2, changes=LISTED),
     ("Your listing was seen there, and sites of its kind show home addresses to anyone. It takes "
      "2 minutes.")),
    (step("x", category="marketing", changes=LISTED, expected_days=1),
     "Your listing was seen there, and it promises an answer within a day."),
    (step("x", serves=("a", "b"),
          deletion_requests=DeletionRequests(2026, 9, median_days=0)),
     ("Sites of its kind show home addresses to anyone, and one opt-out there serves 3 brokers. "
      "Half of its answers come on the same day, by its own count.")),
    (step("x", kind=ActionKind.JOINT, serves=("a",), category="marketing"),
     "Nothing more pressing is known of it, and one letter serves 2 brokers."),
    (step("x", category="marketing", reported=told("sold_foreign_actor")),
     "It told a state that it sold or shared data to a foreign actor."),
    (look("x"), ("Sites of its kind show home addresses to anyone, and a look shows whether there "
                 "is anything to ask for.")),
    (DROP, "One request there reaches 3 brokers."),
    (step("portal", kind=ActionKind.PLATFORM, category="state_portal"),
     "It is the way that the state itself offers."),
    (step("x", category="license_plates"), "Its trade is where cars were seen."),
])
def test_the_reason_names_what_decided(one: Action, sentence: str) -> None:
    assert why(one) == sentence


def test_every_part_of_the_table_has_a_name_of_its_own_and_a_reason() -> None:
    names = [*(s.name for s in (*FIRST, *STAGES, *LAST)), *(c.name for c in WITHIN)]
    reasons = [*(s.reason for s in (*FIRST, *STAGES, *LAST)), *(c.reason for c in WITHIN)]
    assert len(set(names)) == len(names)
    assert all(reason.endswith(".") for reason in reasons)


def test_a_filing_with_a_state_shows_that_a_foreign_firm_deals_in_people_there() -> None:
    filed = step("filed", country="FI", category="marketing", registered_in=registered())
    assert "nothing shows" not in why(filed).casefold().replace("nothing more", "")
    assert why(filed, living_in("DE")).startswith("Nothing shows that it deals in people where")
