"""Every gate, both ways; answers clear only what may be cleared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from optout.domain.broker import Broker, Procedure
from optout.domain.footing import VOLUNTARY, Footing
from optout.domain.gate import Gate, GateAnswer
from optout.domain.person import Authorization, ContactPoint, Person
from optout.domain.places import PersonAddress
from optout.domain.words import (
    ActingAs,
    Channel,
    Fact,
    GateLevel,
    Right,
    Role,
    Sensitivity,
    Verification,
)
from optout.planning.asks import FILE_LAW, Ask
from optout.planning.disclosure import disclosure
from optout.planning.gates import Act, gates_for
from tests.planning.builders import (
    AT_RISK,
    AVERY,
    DAY,
    HOME,
    LISTED,
    SUBSTITUTE,
    broker,
    procedure,
    rules,
)

FORM = Channel.WEB_FORM
EMAIL = Channel.EMAIL


def act(
    way: Procedure, person: Person = AVERY, to: Broker | None = None, *,
    footing: Footing = VOLUNTARY, acting_as: ActingAs = ActingAs.SELF,
    authorizations: Sequence[Authorization] = (), known: frozenset[Fact] = frozenset(),
) -> Act:
    to = to or broker("finder", way)
    return Act(person, to, way, disclosure(person, to, way, (footing,), DAY, known=known),
               Ask((footing,)), DAY, acting_as, authorizations)


def gates(made: Act, *answers: GateAnswer) -> dict[str, Gate]:
    return {gate.id: gate for gate in gates_for(made, answers, rules())}


def yes(gate: str, scope: str = "finder", *, accepted: bool = True, on: date = DAY) -> GateAnswer:
    return GateAnswer(gate=gate, scope=scope, accepted=accepted, answered_on=on, actor="owner")


def test_a_plain_request_to_a_known_trade_raises_no_question() -> None:
    assert gates(act(procedure(EMAIL, Fact.CITY_STATE))) == {}


def test_every_gate_has_a_name_of_its_own_and_calm_words() -> None:
    assert len({rule.id for rule in rules().rules}) == len(rules().rules)
    for rule in rules().rules:
        assert rule.question.endswith(("?", "."))
        assert rule.explanation.endswith(".")
        assert "!" not in rule.question + rule.explanation + rule.remedy


def test_whatever_can_block_says_what_opens_it() -> None:
    assert all(rule.remedy for rule in rules().rules
               if rule.when and GateLevel.BLOCK in {rule.level, rule.at_risk})


def test_without_a_reply_identity_one_is_asked_and_at_risk_it_blocks() -> None:
    way = procedure(FORM, Fact.REPLY_EMAIL)
    asked = gates(act(way, replace(AVERY, reply_email="")))["reply-identity-missing"]
    assert (asked.level, asked.scope) == (GateLevel.CONFIRM, "")
    held = gates(act(way, replace(AT_RISK, reply_email="")))["reply-identity-missing"]
    assert (held.level, bool(held.remedy)) == (GateLevel.BLOCK, True)
    assert "reply-identity-missing" not in gates(act(way, AT_RISK))


def test_at_risk_ones_own_mailbox_and_ones_home_are_no_safe_reply_identity() -> None:
    own_mail = replace(AT_RISK, reply_email="Avery.Sample@example.com")
    assert "reply-identity-missing" in gates(act(procedure(), own_mail))
    home = replace(AT_RISK, reply_address=HOME)
    assert "reply-identity-missing" in gates(act(procedure(Channel.POSTAL_MAIL), home))
    safe = replace(AT_RISK, reply_address=SUBSTITUTE,
                   addresses=(PersonAddress(SUBSTITUTE, substitute=True),))
    assert "reply-identity-missing" not in gates(act(procedure(Channel.POSTAL_MAIL), safe))


def test_a_letter_on_paper_may_be_answered_to_either() -> None:
    way = procedure(Channel.POSTAL_MAIL)
    neither = replace(AVERY, reply_email="", reply_address=None)
    assert gates(act(way, neither))["reply-identity-missing"].level is GateLevel.CONFIRM
    for either in (replace(AVERY, reply_email=""), replace(AVERY, reply_address=None)):
        assert "reply-identity-missing" not in gates(act(way, either))


def test_a_form_that_answers_nobody_needs_no_mailbox() -> None:
    lone = replace(AVERY, reply_email="")
    assert "reply-identity-missing" not in gates(act(procedure(FORM, Fact.PHONE), lone))
    by_link = procedure(FORM, Fact.PHONE, verification=(Verification.EMAIL_LINK,))
    assert "reply-identity-missing" in gates(act(by_link, lone))


def test_a_new_fact_is_asked_about_and_at_risk_it_blocks() -> None:
    way = procedure(FORM, Fact.EMAIL)
    assert gates(act(way))["new-fact-to-broker"].level is GateLevel.CONFIRM
    assert gates(act(way, AT_RISK))["new-fact-to-broker"].level is GateLevel.BLOCK
    assert "new-fact-to-broker" not in gates(act(way, AT_RISK, known=frozenset({Fact.EMAIL})))


def test_name_state_and_reply_identity_are_not_asked_about_one_broker_at_a_time() -> None:
    assert "new-fact-to-broker" not in gates(act(procedure(EMAIL), AT_RISK))


def test_a_substitute_address_may_be_shown_to_anybody() -> None:
    person = replace(AT_RISK, addresses=(PersonAddress(SUBSTITUTE, substitute=True),))
    raised = gates(act(procedure(FORM, Fact.CURRENT_ADDRESS), person))
    assert not {"new-fact-to-broker", "home-address-shown"} & set(raised)


def test_a_states_platform_is_not_asked_about_as_a_broker() -> None:
    way = procedure(Channel.PLATFORM, Fact.FULL_NAME, Fact.PHONE)
    drop = broker("california-drop", way, role=Role.PLATFORM, category="state_portal")
    raised = gates(act(way, to=drop))
    assert "new-fact-to-broker" not in raised
    assert raised["login-gov"].level is GateLevel.WARN


def test_the_home_address_is_pointed_out() -> None:
    assert gates(act(procedure(FORM, Fact.CURRENT_ADDRESS)))["home-address-shown"].level is (
        GateLevel.WARN)
    by_post = act(procedure(Channel.POSTAL_MAIL), replace(AT_RISK, reply_address=HOME))
    assert gates(by_post)["home-address-shown"].level is GateLevel.BLOCK


def test_what_is_marked_ask_me_first_is_asked() -> None:
    person = replace(AVERY, phones=(
        ContactPoint("+14155550142", sensitivity=Sensitivity.ASK),))
    gate = gates(act(procedure(FORM, Fact.PHONE), person))["sensitive-fact"]
    assert (gate.level, gate.scope) == (GateLevel.CONFIRM, "finder")


@pytest.mark.parametrize(("gate", "level", "way"), [
    ("face-upload", GateLevel.CONFIRM, procedure(FORM, Fact.PHOTO)),
    ("face-upload", GateLevel.CONFIRM, procedure(FORM, verification=(Verification.PHOTO_MATCH,))),
    ("ssn-or-id-demanded", GateLevel.CONFIRM, procedure(FORM, Fact.SSN)),
    ("ssn-or-id-demanded", GateLevel.CONFIRM, procedure(FORM, Fact.GOVERNMENT_ID)),
    ("ssn-or-id-demanded", GateLevel.CONFIRM,
     procedure(FORM, verification=(Verification.ID_UPLOAD,))),
    ("date-of-birth-demanded", GateLevel.WARN, procedure(FORM, Fact.DATE_OF_BIRTH)),
    ("maid-only", GateLevel.WARN, procedure(FORM, Fact.ADVERTISING_ID)),
    ("plate-name-split", GateLevel.WARN, procedure(FORM, Fact.LICENSE_PLATE)),
    ("look-is-a-disclosure", GateLevel.INFORM, procedure(FORM, Fact.RECORD_SELECTION)),
    ("unverified-procedure", GateLevel.INFORM, procedure(FORM, basis=LISTED)),
    ("unverified-procedure", GateLevel.INFORM, procedure(FORM, needs_assumed=True)),
])
def test_what_a_procedure_demands_raises_its_gate(
    gate: str, level: GateLevel, way: Procedure,
) -> None:
    assert gates(act(way))[gate].level is level


def test_looking_is_warned_of_when_at_risk() -> None:
    raised = gates(act(procedure(FORM, Fact.LISTING_URL), AT_RISK))
    assert raised["look-is-a-disclosure"].level is GateLevel.WARN


def test_the_survivors_order_is_told_to_people_at_risk_only() -> None:
    told = gates(act(procedure(), AT_RISK))["survivor-order"]
    assert (told.level, told.scope) == (GateLevel.WARN, "")
    assert "survivor-order" not in gates(act(procedure()))


def test_a_government_system_blocks() -> None:
    way = procedure()
    agency = broker("agency", way, role=Role.GOVERNMENT_SYSTEM)
    assert gates(act(way, to=agency))["government-system"].holds


def test_a_consumer_file_and_sales_to_the_police_are_explained() -> None:
    way = procedure()
    seller = broker("seller", way, reported={"sold_law_enforcement": True})
    raised = gates(act(way, to=seller, footing=Footing(FILE_LAW, Right.ACCESS)))
    assert raised["le-edition"].level is GateLevel.INFORM
    assert raised["freeze-vs-optout"].level is GateLevel.INFORM
    silent = broker("silent", way, reported={"sold_law_enforcement": False})
    assert "le-edition" not in gates(act(way, to=silent))


SIGNED = Authorization("A-1", AVERY.id, "Sample Clinic", signed_on=date(2026, 1, 1),
                       ends_on=date(2026, 12, 31))


@pytest.mark.parametrize(("papers", "blocked"), [
    ((), True),
    ((SIGNED,), False),
    ((replace(SIGNED, ends_on=DAY - timedelta(days=1)),), True),
    ((replace(SIGNED, revoked_on=DAY),), True),
])
def test_nobody_acts_for_another_without_a_living_permission(
    papers: tuple[Authorization, ...], *, blocked: bool,
) -> None:
    raised = gates(act(procedure(), acting_as=ActingAs.AGENT, authorizations=papers))
    assert ("no-living-authorization" in raised) is blocked


def test_a_letter_that_names_the_agent_says_so() -> None:
    made = act(procedure(), acting_as=ActingAs.AGENT, authorizations=(SIGNED,))
    assert gates(made)["agent-identity-discloses"].level is GateLevel.CONFIRM
    at_risk = act(procedure(), AT_RISK, acting_as=ActingAs.AGENT, authorizations=(SIGNED,))
    assert gates(at_risk)["agent-identity-discloses"].level is GateLevel.CONFIRM


def test_a_yes_clears_a_question_of_its_own_scope_only() -> None:
    made = act(procedure(FORM, Fact.EMAIL))
    assert gates(made)["new-fact-to-broker"].holds
    assert not gates(made, yes("new-fact-to-broker"))["new-fact-to-broker"].holds
    assert gates(made, yes("new-fact-to-broker", "other"))["new-fact-to-broker"].holds
    assert gates(made, yes("new-fact-to-broker", ""))["new-fact-to-broker"].holds
    assert gates(made, yes("face-upload"))["new-fact-to-broker"].holds


def test_what_was_checked_long_ago_is_looked_at_first() -> None:
    way = procedure(EMAIL, Fact.CITY_STATE, checked=DAY - timedelta(days=366))
    gate = gates(act(way))["look-first"]
    assert gate.level is GateLevel.CONFIRM
    assert gate.holds
    assert not gates(act(way), yes("look-first"))["look-first"].holds
    assert "look-first" not in gates(act(replace(way, check_by=DAY)))
    assert "look-first" in gates(act(replace(way, checked=DAY, check_by=DAY - timedelta(days=1))))


def test_the_newest_answer_counts() -> None:
    made = act(procedure(FORM, Fact.EMAIL))
    later = yes("new-fact-to-broker", accepted=False, on=DAY + timedelta(days=1))
    assert gates(made, later, yes("new-fact-to-broker"))["new-fact-to-broker"].holds
    same_day = (yes("new-fact-to-broker"), yes("new-fact-to-broker", accepted=False))
    assert gates(made, *same_day)["new-fact-to-broker"].holds


def test_no_answer_ever_clears_a_block() -> None:
    made = act(procedure(FORM, Fact.EMAIL), AT_RISK)
    gate = gates(made, yes("new-fact-to-broker"))["new-fact-to-broker"]
    assert gate.level is GateLevel.BLOCK
    assert gate.holds
    assert not gate.answered


def test_the_strongest_come_first() -> None:
    way = procedure(FORM, Fact.EMAIL, Fact.PHOTO, Fact.DATE_OF_BIRTH, basis=LISTED)
    levels = [gate.level for gate in gates_for(act(way, AT_RISK), (), rules())]
    assert levels == sorted(levels, key=list(GateLevel).index)
    assert set(levels) == set(GateLevel)
