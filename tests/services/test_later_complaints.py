"""Complaints to an authority: asked about first, told whole, and private to the last line."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.policy import default

import pytest

from optout.clock import HandClock
from optout.documents.case_file import CaseExhibit
from optout.domain.actor import OWNER
from optout.domain.document import FormSheet, Letter
from optout.domain.document_words import EvidenceKind
from optout.domain.errors import GateClosed, InvalidInput, MissingFact
from optout.domain.places import Residence
from optout.domain.words import Channel
from optout.services import people, plans, requests
from optout.services.case_exhibits import exhibits_of, labels_of, material_of
from optout.services.desk import Desk
from optout.services.evidence import add_evidence
from optout.services.later_hand_over import hand_over_later
from optout.services.later_letters import (
    LaterDetails,
    authorities_of,
    compose_later,
    gates_of,
    write_later,
)
from tests.documents.as_text import as_text
from tests.documents.foreign_pictures import screenshot
from tests.factories import HOME, berliner, californian, virginian
from tests.services.later import P, complain, mark, person_of, preview, sent


def test_an_envelope_names_an_authority_as_it_names_itself(
    desk: Desk, clock: HandClock
) -> None:
    request = sent(desk, lambda: replace(berliner(), residences=(Residence("ES"),)))
    clock.forward(days=60)
    complain(desk, request)
    letter = compose_later(desk, request, P.COMPLAINT, channel=Channel.POSTAL_MAIL)
    assert isinstance(letter, Letter)
    assert letter.recipient[0] == "Agencia Española de Protección de Datos"
    assert authorities_of(desk, request) == (
        "Agencia Española de Protección de Datos (Spanish Agency for Data Protection)",)
    made = write_later(desk, request, P.COMPLAINT, channel=Channel.POSTAL_MAIL, actor=OWNER)
    first, second, *_ = hand_over_later(desk, made.id).steps
    assert first.startswith(f"The exhibits that it names are in the case file of {request}.")
    assert "another language than this letter" in second


def test_a_complaint_asks_a_question_first(desk: Desk, clock: HandClock) -> None:
    request = sent(desk, californian)
    clock.forward(days=60)
    assert gates_of(desk, request, P.REMINDER) == ()
    (gate,) = gates_of(desk, request, P.COMPLAINT)
    assert gate.holds
    for attempt in (compose_later, lambda *a: write_later(*a, actor=OWNER)):
        with pytest.raises(GateClosed, match="an authority") as closed:
            attempt(desk, request, P.COMPLAINT)
        assert closed.value.gates == ("complaint-may-be-public",)
    complain(desk, request)
    complain(desk, request)
    assert isinstance(compose_later(desk, request, P.COMPLAINT), FormSheet)


def test_a_complaint_tells_what_happened_and_nothing_private(
    desk: Desk, clock: HandClock
) -> None:
    request = sent(desk, californian)
    clock.forward(days=60)
    mark(desk, request, "remind")
    complain(desk, request)
    words = preview(desk, request, P.COMPLAINT, LaterDetails())
    assert "https://cppa.ca.gov/webapplications/complaint" in words
    assert "November 23, 2026: I sent the request by e-mail (exhibit A)." in words
    assert "January 7, 2027: The time that the law gives ended (45 calendar days" in words
    assert "December 9, 2026: The time to confirm receipt ended" in words
    person = californian()
    for value in (*HOME.lines, "94102", "1985", person.emails[0].value, person.phones[0].value):
        assert value not in words


def test_a_complaint_claims_no_time_that_still_runs(desk: Desk, clock: HandClock) -> None:
    request = sent(desk, californian)
    complain(desk, request)
    clock.forward(days=18)
    words = preview(desk, request, P.COMPLAINT, LaterDetails())
    assert "It did not confirm in time that it has a request that I made" in words
    assert "without an answer" not in words
    clock.forward(days=10)
    words = preview(desk, request, P.COMPLAINT, LaterDetails())
    assert "go by without an answer to a part of a request that I made" in words
    clock.forward(days=30)
    words = preview(desk, request, P.COMPLAINT, LaterDetails())
    assert "go by without an answer to a request that I made" in words


def test_a_home_that_serves_for_answers_never_stands_in_a_complaint(
    desk: Desk, clock: HandClock
) -> None:
    person = replace(virginian(), reply_address=virginian().addresses[0].address)
    stored = people.add_person(desk, person, actor=OWNER)
    plans.answer_gate(desk, stored.id, "home-address-shown", scope="slow-post", accepted=True,
                      actor=OWNER)
    request = sent(desk, stored, "slow-post")
    clock.forward(days=90)
    assert "8 Make-Believe Street" in preview(desk, request, P.REMINDER)
    complain(desk, request)
    words = compose_later(desk, request, P.COMPLAINT)
    assert isinstance(words, Letter), "Virginia’s page was not checked, its address was"
    assert "Make-Believe" not in as_text(words)
    assert words.recipient[0].startswith("Virginia Attorney General")


def test_answers_to_a_complaint_must_lead_somewhere_that_is_not_home(
    desk: Desk, clock: HandClock
) -> None:
    request = sent(desk, virginian, "slow-post")
    person = person_of(desk, request)
    people.update_person(desk, replace(
        person, reply_email="", emails=(), reply_address=person.addresses[0].address), actor=OWNER)
    clock.forward(days=90)
    complain(desk, request)
    with pytest.raises(MissingFact, match="nowhere to go"):
        compose_later(desk, request, P.COMPLAINT)


def test_the_authority_is_chosen_by_name_where_a_country_has_several(
    desk: Desk, clock: HandClock
) -> None:
    request = sent(desk, berliner)
    clock.forward(days=60)
    complain(desk, request)
    names = authorities_of(desk, request)
    assert len(names) > 10
    assert authorities_of(desk, request, theirs=True) == ()
    with pytest.raises(InvalidInput, match="Several authorities") as several:
        compose_later(desk, request, P.COMPLAINT)
    assert several.value.field == "authority"
    berlin = next(name for name in names if name.startswith("Berliner"))
    chosen = LaterDetails(authority=f" {berlin.upper()} ")
    assert "datenschutz-berlin.de" in preview(desk, request, P.COMPLAINT, chosen)
    with pytest.raises(InvalidInput, match="No such authority"):
        compose_later(desk, request, P.COMPLAINT, details=LaterDetails(authority="Nobody"))


def test_somebody_whose_state_is_known_has_one_authority(desk: Desk, clock: HandClock) -> None:
    request = sent(desk, lambda: replace(berliner(), residences=(Residence("DE-BE"),)))
    clock.forward(days=60)
    complain(desk, request)
    theirs = authorities_of(desk, request, theirs=True)
    assert [name.split()[0] for name in theirs] == ["Berliner"]
    assert "Complaint to Berliner Beauftragte" in preview(
        desk, request, P.COMPLAINT, LaterDetails())


def test_a_complaint_goes_another_confirmed_way_if_wanted(desk: Desk, clock: HandClock) -> None:
    request = sent(desk, lambda: replace(berliner(), residences=(Residence("DE-BE"),)))
    clock.forward(days=60)
    complain(desk, request)
    mail = write_later(desk, request, P.COMPLAINT, channel=Channel.EMAIL, actor=OWNER)
    head = message_from_bytes(mail.content, policy=default)
    assert "datenschutz-berlin.de" in str(head["To"])
    assert head["In-Reply-To"] is None, "an authority takes no part in the conversation"
    paper = compose_later(desk, request, P.COMPLAINT, channel=Channel.POSTAL_MAIL)
    assert isinstance(paper, Letter)
    assert len(paper.recipient) > 2
    with pytest.raises(InvalidInput, match="not known to take complaints"):
        compose_later(desk, request, P.COMPLAINT, channel=Channel.PHONE)


def test_only_papers_that_there_are_are_said_to_be_enclosed(
    desk: Desk, clock: HandClock
) -> None:
    request = sent(desk, virginian, "slow-post")
    clock.forward(days=90)
    complain(desk, request)
    words = compose_later(desk, request, P.COMPLAINT)
    assert isinstance(words, Letter)
    assert words.enclosures == ("exhibit A (the request)",)
    for kind in (EvidenceKind.SENDING, EvidenceKind.ANSWER):
        add_evidence(desk, request, screenshot(), name="a.png", kind=kind, actor=OWNER)
    words = compose_later(desk, request, P.COMPLAINT)
    assert isinstance(words, Letter)
    assert [one[:9] for one in words.enclosures] == ["exhibit A", "exhibit B", "exhibit C"]


def test_exhibits_bear_the_letters_of_the_case_bundle(desk: Desk, clock: HandClock) -> None:
    request = sent(desk, virginian, "slow-post")
    clock.forward(days=90)
    write_later(desk, request, P.REMINDER, actor=OWNER)
    add_evidence(desk, request, screenshot(), name="slip.png", kind=EvidenceKind.SENDING,
                 actor=OWNER)
    complain(desk, request)

    def enclosed() -> tuple[str, ...]:
        words = compose_later(desk, request, P.COMPLAINT)
        assert isinstance(words, Letter)
        return words.enclosures

    before = ("exhibit A (the request)", "exhibit B (proof that it was sent)")
    assert enclosed() == before, "a reminder that never left is no exhibit"
    mark(desk, request, "remind", "refuse")
    refused = requests.get_request(desk, request).events[-1].seq
    for number, seq in ((1, 0), (2, refused)):
        add_evidence(desk, request, f"Answer {number}".encode(), name="answer.txt",
                     kind=EvidenceKind.ANSWER, event_seq=seq, actor=OWNER)
    names = ["the request", "what I wrote later", "proof that it was sent", "what they answered",
             "what they answered"]
    assert enclosed() == tuple(f"exhibit {letter} ({name})"
                               for letter, name in zip("ABCDE", names, strict=True))
    assert "They refused (exhibit E)." in preview(desk, request, P.COMPLAINT, LaterDetails())
    write_later(desk, request, P.COMPLAINT, actor=OWNER)
    mark(desk, request, "complain")
    bound = bundled(desk, request)
    assert [(one.label, one.title) for one in bound][-1][0] == "F", "the complaint comes last"
    with desk.store.reading() as session:
        found = material_of(session, requests.get_request(desk, request).request,
                            requests.get_request(desk, request).events)
    for one in labels_of(found):
        (same,) = (exhibit for exhibit in bound if exhibit.label == one.label)
        assert ("proof" in same.title.lower()) is (one.key == "sending"), same.title
        assert ("answer" in same.title.lower()) is (one.key == "answer"), same.title


def bundled(desk: Desk, request_id: str) -> tuple[CaseExhibit, ...]:
    file = requests.get_request(desk, request_id)
    with desk.store.reading() as session:
        material = material_of(session, file.request, file.events)
    return exhibits_of(desk, [material], country="US", redacted=True)


def test_an_unanswered_appeal_stands_in_the_complaint(desk: Desk, clock: HandClock) -> None:
    request = sent(desk, virginian, "slow-post")
    mark(desk, request, "refuse", "appeal")
    clock.forward(days=70)
    complain(desk, request)
    assert "The time to answer the appeal ended" in preview(desk, request, P.COMPLAINT)
    mark(desk, request, "refuse")
    assert "The time to answer the appeal ended" not in preview(desk, request, P.COMPLAINT)
