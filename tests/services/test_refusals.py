"""A refusal is kept with its reason, and what the law says of it never goes beyond the facts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.document_words import Purpose
from optout.domain.errors import InvalidInput
from optout.domain.outcome_words import Reading, RefusalReason
from optout.domain.person import Person
from optout.domain.request import Request
from optout.domain.words import ActingAs, Right, Role
from optout.law.refusal_table import TABLE, Verdict
from optout.services import answers, people, refusals, requests
from optout.services.desk import Desk
from optout.services.refusals import NextStep
from tests.conftest import MONDAY
from tests.factories import berliner, new_yorker, virginian
from tests.services.marked import made, mark

R = RefusalReason


def sent(desk: Desk, person: Person) -> str:
    """A request that left."""
    request_id = made(desk, person)
    mark(desk, request_id, "mark_sent")
    return request_id


def refused(desk: Desk, person: Person, reason: RefusalReason | None) -> str:
    """A request that they refused for a reason."""
    request_id = sent(desk, person)
    requests.mark(desk, request_id, "refuse", reason=reason, detail="No.", actor=OWNER)
    return request_id


@pytest.fixture
def european(desk: Desk) -> Request:
    """A request under the GDPR."""
    person = people.add_person(desk, berliner(), actor=OWNER)
    return requests.get_request(desk, made(desk, person)).request


@pytest.fixture
def american(desk: Desk) -> Request:
    """A request under Virginia's law."""
    person = people.add_person(desk, virginian(), actor=OWNER)
    return requests.get_request(desk, made(desk, person)).request


def test_the_reason_stays_in_the_history_and_goes_with_an_undo(desk: Desk, avery: Person) -> None:
    request_id = refused(desk, avery, R.PUBLIC_RECORD)
    judged = refusals.refusal_of(desk, f" {request_id.lower()} ")
    assert judged is not None
    assert (judged.reason, judged.event.detail) == (R.PUBLIC_RECORD, "No.")
    request = requests.get_request(desk, request_id).request
    assert [one.right for one in judged.judgements] == [f.right for f in request.footings]
    mark(desk, request_id, "undo")
    assert refusals.refusal_of(desk, request_id) is None


def test_a_later_answer_or_another_asking_ends_it(desk: Desk, avery: Person) -> None:
    request_id = refused(desk, avery, R.POLICY)
    mark(desk, request_id, "remind")
    assert refusals.refusal_of(desk, request_id) is not None
    mark(desk, request_id, "claim_removed")
    assert refusals.refusal_of(desk, request_id) is None


def test_an_answer_carries_its_reason_and_only_a_refusal_has_one(
    desk: Desk, avery: Person
) -> None:
    request_id = sent(desk, avery)
    with pytest.raises(InvalidInput) as raised:
        answers.record_answer(desk, request_id, Reading.REMOVED, reason=R.POLICY, actor=OWNER)
    assert raised.value.field == "reason"
    file = answers.record_answer(desk, request_id, Reading.PARTLY, reason=R.LEGAL_DUTY,
                                 actor=OWNER)
    assert file.events[-1].reason is R.LEGAL_DUTY


def test_without_a_reason_nothing_is_said_of_the_law(desk: Desk, avery: Person) -> None:
    judged = refusals.refusal_of(desk, refused(desk, avery, None))
    assert judged is not None
    assert judged.judgements == ()
    assert judged.steps[-1] is NextStep.ACCEPT


def test_without_a_law_they_may_say_no(desk: Desk) -> None:
    person = people.add_person(desk, new_yorker(), actor=OWNER)
    judged = refusals.refusal_of(desk, refused(desk, person, R.POLICY))
    assert judged is not None
    assert {one.verdict for one in judged.judgements} == {Verdict.LAWFUL}
    assert judged.steps[0] is NextStep.ACCEPT


def test_what_can_be_done_are_the_letters_that_may_be_written(desk: Desk) -> None:
    person = people.add_person(desk, virginian(), actor=OWNER)
    judged = refusals.refusal_of(desk, refused(desk, person, R.NOT_VERIFIED))
    assert judged is not None
    assert Purpose.APPEAL in judged.letters
    assert judged.steps[0] is NextStep.SHOW_WHO
    assert judged.steps[-1] is NextStep.ACCEPT
    assert NextStep.APPEAL in judged.steps


def test_of_a_closed_request_nothing_is_to_be_done(desk: Desk, avery: Person) -> None:
    request_id = refused(desk, avery, R.PUBLIC_RECORD)
    mark(desk, request_id, "close")
    judged = refusals.refusal_of(desk, request_id)
    assert judged is not None
    assert (judged.steps, judged.letters) == ((), ())


def verdicts(desk: Desk, request: Request, reason: RefusalReason, right: Right) -> set[Verdict]:
    """What is said of a reason for one right."""
    return {one.verdict for one in refusals.judged(desk, request, reason, MONDAY)
            if one.right is right}


IN_EUROPE = {
    R.PUBLIC_RECORD: Verdict.UNLAWFUL, R.TOO_SMALL: Verdict.UNLAWFUL,
    R.FROM_OTHERS: Verdict.UNLAWFUL, R.NONE_GIVEN: Verdict.UNLAWFUL,
    R.LEGAL_DUTY: Verdict.DEPENDS, R.WANTS_ID: Verdict.DEPENDS,
    R.WANTS_PAYMENT: Verdict.DEPENDS, R.FREE_SPEECH: Verdict.DEPENDS,
    R.POLICY: Verdict.UNKNOWN, R.PROCESSOR_ONLY: Verdict.UNKNOWN,
}
IN_VIRGINIA = {
    R.PUBLIC_RECORD: Verdict.DEPENDS, R.TOO_SMALL: Verdict.DEPENDS,
    R.REGULATED_DATA: Verdict.DEPENDS, R.LAW_DOES_NOT_APPLY: Verdict.DEPENDS,
    R.NOT_A_RESIDENT: Verdict.DEPENDS, R.NOT_VERIFIED: Verdict.DEPENDS,
    R.FROM_OTHERS: Verdict.DEPENDS, R.WANTS_PAYMENT: Verdict.DEPENDS,
    R.AGENT_NOT_ACCEPTED: Verdict.DEPENDS, R.TOO_MANY_REQUESTS: Verdict.UNKNOWN,
    R.NONE_GIVEN: Verdict.UNKNOWN, R.WANTS_ACCOUNT: Verdict.UNKNOWN,
}


@pytest.mark.parametrize(("asked", "said"), [("european", IN_EUROPE), ("american", IN_VIRGINIA)])
def test_what_each_law_says_of_a_reason_not_to_delete(
    desk: Desk, request: pytest.FixtureRequest, asked: str, said: dict[RefusalReason, Verdict]
) -> None:
    made_there = request.getfixturevalue(asked)
    assert {reason: verdicts(desk, made_there, reason, Right.DELETE) for reason in said} == {
        reason: {verdict} for reason, verdict in said.items()}


def test_what_came_from_others_may_not_be_sold_on_in_virginia(
    desk: Desk, american: Request
) -> None:
    assert verdicts(desk, american, R.FROM_OTHERS, Right.OPT_OUT_OF_SALE) == {Verdict.UNLAWFUL}


def test_where_a_law_is_silent_on_agents_a_firm_may_refuse_one(
    desk: Desk, american: Request
) -> None:
    helped = replace(american, acting_as=ActingAs.AGENT)
    assert verdicts(desk, helped, R.AGENT_NOT_ACCEPTED, Right.DELETE) == {Verdict.LAWFUL}


def test_in_california_an_opt_out_needs_no_proof_and_a_bought_record_waits_for_2027(
    desk: Desk, avery: Person
) -> None:
    request = requests.get_request(desk, made(desk, avery)).request
    (opt_out,) = [one for one in refusals.judged(desk, request, R.WANTS_ID, MONDAY)
                  if one.right is Right.OPT_OUT_OF_SALE]
    assert opt_out.verdict is Verdict.UNLAWFUL
    assert "7026(d)" in opt_out.citation
    assert opt_out.source
    assert opt_out.checked
    (footing, *_) = request.footings
    delete = replace(request, footings=(replace(footing, right=Right.DELETE),))
    assert verdicts(desk, delete, R.FROM_OTHERS, Right.DELETE) == {Verdict.LAWFUL}
    (later,) = refusals.judged(desk, delete, R.FROM_OTHERS, MONDAY.replace(year=2027))
    assert later.verdict is Verdict.UNKNOWN
    helped = replace(request, acting_as=ActingAs.AGENT)
    assert verdicts(desk, helped, R.AGENT_NOT_ACCEPTED, Right.OPT_OUT_OF_SALE) == {
        Verdict.DEPENDS}


def test_where_nothing_is_known_nothing_is_asserted(
    desk: Desk, european: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    (footing, *_) = european.footings
    bare = replace(european, footings=(replace(footing, law="no-such-law", limits=()),))
    (one,) = refusals.judged(desk, bare, R.PUBLIC_RECORD, MONDAY)
    assert (one.verdict, one.citation, one.source) == (Verdict.UNKNOWN, "", "")
    for law, reason in (("us-va-vcdpa", R.LAW_DOES_NOT_APPLY), ("us-va-vcdpa", R.PUBLIC_RECORD),
                        ("us-il-bipa", R.WANTS_PAYMENT), ("us-md-wilkinson", R.WANTS_ID),
                        ("us-federal-judicial-redress", R.NOT_A_RESIDENT),
                        ("us-federal-fcra", R.FROM_OTHERS),
                        ("us-federal-fcra", R.AGENT_NOT_ACCEPTED)):
        other = replace(european, acting_as=ActingAs.AGENT, footings=(
            replace(footing, law=law, limits=(), no_proof_section=""),))
        (one,) = refusals.judged(desk, other, reason, MONDAY)
        assert one.verdict in {Verdict.UNKNOWN, Verdict.LAWFUL}, (law, reason, one)
    for law, verdict in (("us-wa-mhmda", Verdict.UNLAWFUL), ("us-or-ocpa", Verdict.DEPENDS)):
        other = replace(european, footings=(replace(footing, law=law, right=Right.DELETE),))
        assert verdicts(desk, other, R.FROM_OTHERS, Right.DELETE) == {verdict}
    access = replace(european, footings=(replace(footing, law="us-va-vcdpa", right=Right.ACCESS,
                                                 reaches_third_party_data=False),))
    assert verdicts(desk, access, R.FROM_OTHERS, Right.ACCESS) == {Verdict.UNKNOWN}
    broker = desk.registry.get(european.broker_id)
    brokers = {**desk.registry.brokers, broker.id: replace(broker, role=Role.PROCESSOR)}
    monkeypatch.setattr(desk.registry, "brokers", brokers)
    assert verdicts(desk, european, R.PROCESSOR_ONLY, Right.DELETE) == {Verdict.DEPENDS}


def test_what_is_not_certain_is_never_called_unlawful(desk: Desk, european: Request) -> None:
    (footing, *_) = european.footings
    for law, right, reason, verdict in (
            ("br-lgpd", Right.CORRECT, R.FROM_OTHERS, Verdict.UNKNOWN),
            ("br-lgpd", Right.DELETE, R.TOO_SMALL, Verdict.UNKNOWN),
            ("br-lgpd", Right.ACCESS, R.TOO_SMALL, Verdict.UNLAWFUL),
            ("us-vt-vdposa", Right.OPT_OUT_OF_SALE, R.WANTS_ID, Verdict.UNKNOWN),
            ("eu-gdpr", Right.PORTABILITY, R.PUBLIC_RECORD, Verdict.UNKNOWN),
            ("us-nj-daniels-law", Right.SUPPRESS_PUBLICATION, R.PUBLIC_RECORD, Verdict.DEPENDS),
            ("us-nj-daniels-law", Right.SUPPRESS_PUBLICATION, R.FROM_OTHERS, Verdict.UNLAWFUL)):
        asked = replace(european, footings=(replace(
            footing, law=law, right=right, limits=(), reaches_third_party_data=True,
            no_proof_section="somewhere"),))
        assert verdicts(desk, asked, reason, right) == {verdict}, (law, right, reason)


def test_every_row_of_the_table_names_a_law_of_the_book_and_where_it_was_read(
    desk: Desk, clock: HandClock
) -> None:
    known = {law.id: law for law in desk.laws.all_on(clock.today())}
    for row in TABLE:
        for law in row.laws:
            assert set(row.rights) | set(row.but_not) <= set(known[law].rights)
            assert row.checked <= known[law].checked
        assert row.source.startswith("https://")
        assert row.why.endswith(".")
