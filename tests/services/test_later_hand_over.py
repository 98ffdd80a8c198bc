"""A later letter is handed out as long as it fits, and tells the ledger when it left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.errors import GateClosed, InvalidInput, Outdated
from optout.domain.person import PersonName
from optout.domain.words import Fact, NameKind
from optout.services import authority, ledger, letters, people, plans, requests
from optout.services.desk import Desk
from optout.services.later_files import later_documents_of, mark_later
from optout.services.later_hand_over import hand_over_later
from optout.services.later_ledger import A_LETTER_CARRIED_IT
from optout.services.later_letters import gates_of, write_later
from tests.factories import californian, safe_at_risk, virginian
from tests.services.later import P, complain, mark, person_of, sent, sent_by_agent


def test_each_dress_has_its_steps_and_none_says_that_it_starts_a_clock(
    desk: Desk, clock: HandClock
) -> None:
    mailed, posted = sent(desk, californian), sent(desk, virginian, "slow-post")
    clock.forward(days=90)
    for request, title in ((mailed, "E-mail to Quick Mail"), (posted, "Letter to Slow Post")):
        made = write_later(desk, request, P.REMINDER, actor=OWNER)
        steps = hand_over_later(desk, made.id)
        assert steps.title == title
        assert steps.document_id == made.id
        assert steps.steps[-1].startswith("Come back here and mark that you wrote again")
        assert not any("starts the legal dates" in step for step in steps.steps)
    assert "privacy@quickmail.example" in " ".join(
        hand_over_later(desk, later_documents_of(desk, mailed)[0].id).steps)
    with pytest.raises(InvalidInput, match="the request itself"):
        hand_over_later(desk, letters.documents_of(desk, mailed)[0].id)


def test_a_letter_that_no_longer_fits_is_not_handed_out(desk: Desk, clock: HandClock) -> None:
    request = sent(desk, californian)
    clock.forward(days=60)
    made = write_later(desk, request, P.REMINDER, actor=OWNER)
    mark(desk, request, "claim_removed")
    with pytest.raises(Outdated, match="They have answered"):
        letters.read_document(desk, made.id)
    mark(desk, request, "undo", "remind", "claim_removed")
    assert letters.read_document(desk, made.id) == made, "what has left is history"


def test_a_letter_is_not_handed_out_once_the_permission_ended(
    desk: Desk, clock: HandClock
) -> None:
    request, given = sent_by_agent(desk)
    clock.forward(days=60)
    made = write_later(desk, request, P.REMINDER, actor=OWNER)
    assert letters.read_document(desk, made.id) == made
    authority.revoke_authorization(desk, given.id, actor=OWNER)
    for act in (lambda: letters.read_document(desk, made.id),
                lambda: hand_over_later(desk, made.id),
                lambda: mark_later(desk, made.id, proof=None, actor=OWNER)):
        with pytest.raises(GateClosed, match="no living authorization"):
            act()
    mark(desk, request, "remind")
    assert letters.read_document(desk, made.id) == made, "what has left is history"


def test_a_complaint_is_not_handed_out_once_its_yes_is_taken_back(
    desk: Desk, clock: HandClock
) -> None:
    request = sent(desk, californian)
    clock.forward(days=60)
    complain(desk, request)
    made = write_later(desk, request, P.COMPLAINT, actor=OWNER)
    assert letters.read_document(desk, made.id) == made
    (gate,) = gates_of(desk, request, P.COMPLAINT)
    plans.answer_gate(desk, person_of(desk, request).id, gate.id, scope=gate.scope,
                      accepted=False, actor=OWNER)
    with pytest.raises(GateClosed, match="safety question"):
        letters.read_document(desk, made.id)


def test_a_letter_is_written_anew_where_its_law_changed(desk: Desk, clock: HandClock) -> None:
    clock.forward(days=(date(2026, 12, 28) - clock.today()).days)
    request = sent(desk, californian)
    mark(desk, request, "refuse")
    made = write_later(desk, request, P.REFUSAL_ANSWER, actor=OWNER)
    clock.forward(days=3)
    assert letters.read_document(desk, made.id) == made
    clock.forward(days=1)
    with pytest.raises(Outdated, match=r"California Consumer Privacy Act .*has changed since"):
        letters.read_document(desk, made.id)


@pytest.mark.parametrize("careful", [True, False])
def test_a_letter_is_written_anew_once_careful_people_changed_their_details(
    desk: Desk, clock: HandClock, *, careful: bool
) -> None:
    request = sent(desk, californian)
    person = person_of(desk, request)
    if careful:
        person = replace(person, names=(*person.names, PersonName(
            "Oldgiven", "Sample", kind=NameKind.DO_NOT_USE)))
        people.update_person(desk, person, actor=OWNER)
    clock.forward(days=60)
    made = write_later(desk, request, P.REMINDER, actor=OWNER)
    assert letters.read_document(desk, made.id) == made
    people.update_person(desk, replace(person, reply_email="other@example.com"), actor=OWNER)
    if not careful:
        assert letters.read_document(desk, made.id) == made
        return
    with pytest.raises(Outdated, match="Details of the person were changed since"):
        letters.read_document(desk, made.id)
    again = write_later(desk, request, P.REMINDER, actor=OWNER)
    assert letters.read_document(desk, again.id) == again
    with pytest.raises(Outdated):
        letters.read_document(desk, made.id)


def test_for_people_at_risk_a_letter_is_made_on_the_day_it_goes(
    desk: Desk, clock: HandClock
) -> None:
    request = sent(desk, californian)
    safe = replace(safe_at_risk(), id=person_of(desk, request).id)
    people.update_person(desk, safe, actor=OWNER)
    clock.forward(days=60)
    made = write_later(desk, request, P.REMINDER, actor=OWNER)
    assert letters.read_document(desk, made.id) == made
    clock.forward(days=1)
    with pytest.raises(Outdated, match="looked for"):
        letters.read_document(desk, made.id)
    person = person_of(desk, request)
    people.update_person(desk, replace(person, reply_email=person.emails[0].value), actor=OWNER)
    with pytest.raises(GateClosed):
        letters.read_document(desk, made.id)
    with pytest.raises(GateClosed):
        write_later(desk, request, P.REMINDER, actor=OWNER)


def test_the_ledger_learns_what_a_letter_carried_once_it_is_marked(
    desk: Desk, clock: HandClock
) -> None:
    def carried(request: str) -> list[Fact]:
        person = requests.get_request(desk, request).request.person_id
        return [one.fact for one in ledger.disclosures(desk, person)
                if one.why == A_LETTER_CARRIED_IT]

    request = sent(desk, californian)
    clock.forward(days=60)
    mark(desk, request, "remind", "undo")
    assert carried(request) == [], "a reminder by hand carried nothing of ours"
    write_later(desk, request, P.REMINDER, actor=OWNER)
    assert carried(request) == []
    mark(desk, request, "remind")
    assert carried(request) == [Fact.FULL_NAME, Fact.REPLY_EMAIL]
    mark(desk, request, "remind", "undo")
    assert carried(request) == [Fact.FULL_NAME, Fact.REPLY_EMAIL]
    mark(desk, request, "undo")
    assert carried(request) == []
    complain(desk, request)
    write_later(desk, request, P.COMPLAINT, actor=OWNER)
    mark(desk, request, "complain")
    assert carried(request) == [], "an authority is no broker"
