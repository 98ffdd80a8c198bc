"""Letters after a request: offered when due, sealed with their purpose, marked by nobody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest

from optout.clock import HandClock
from optout.documents.case_file import CaseExhibit
from optout.domain.actor import OWNER
from optout.domain.broker import DeadContact
from optout.domain.document import Document, FormSheet, Letter
from optout.domain.document_words import DocumentKind, EvidenceKind, Purpose
from optout.domain.errors import (
    DiskFull,
    GateClosed,
    InvalidInput,
    MissingFact,
    NotFound,
    Outdated,
    Refused,
)
from optout.domain.person import Authorization, Person, PersonName
from optout.domain.places import PersonAddress, Residence
from optout.domain.words import (
    ActingAs,
    Channel,
    Event,
    Fact,
    NameKind,
    Right,
    Sensitivity,
    Standing,
)
from optout.registry.registry import Registry
from optout.services import (
    authority,
    later_rendering,
    ledger,
    letters,
    people,
    plans,
    requests,
)
from optout.services.case_exhibits import exhibits_of, labels_of, material_of
from optout.services.desk import Desk
from optout.services.evidence import add_evidence
from optout.services.later_files import later_documents_of, mark_later
from optout.services.later_hand_over import hand_over_later
from optout.services.later_ledger import A_LETTER_CARRIED_IT
from optout.services.later_letters import (
    EVENT_OF_PURPOSE,
    LaterDetails,
    answer_gates,
    authorities_of,
    compose_later,
    gates_of,
    offers_of,
    write_later,
)
from tests.documents.foreign_pictures import screenshot
from tests.documents.test_words import as_text, sheet_as_text
from tests.factories import HOME, berliner, californian, new_yorker, safe_at_risk, virginian
from tests.services.agents import let_agent_ask

P = Purpose
REFUSED = LaterDetails(their_words="These are public records of 100 Fictional Way.")


def sent(desk: Desk, make: Callable[[], Person] | Person, broker: str = "quick-mail") -> str:
    """A request that was prepared and has left."""
    person = make if isinstance(make, Person) else people.add_person(desk, make(), actor=OWNER)
    (file,) = requests.create_requests(desk, person.id, [broker], actor=OWNER)
    letters.generate(desk, person.id, request_ids=[file.request.id], actor=OWNER)
    mark(desk, file.request.id, "mark_sent")
    return file.request.id


def mark(desk: Desk, request_id: str, *events: str) -> None:
    for event in events:
        requests.mark(desk, request_id, event, actor=OWNER)


def may(desk: Desk, request_id: str) -> set[Purpose]:
    return {offer.purpose for offer in offers_of(desk, request_id) if not offer.unmet}


def text(words: Letter | FormSheet) -> str:
    return as_text(words) if isinstance(words, Letter) else sheet_as_text(words)


def preview(
    desk: Desk, request_id: str, purpose: Purpose, details: LaterDetails = REFUSED
) -> str:
    return text(compose_later(desk, request_id, purpose, details=details))


def person_of(desk: Desk, request_id: str) -> Person:
    return people.get_person(desk, requests.get_request(desk, request_id).request.person_id)


def complain(desk: Desk, request_id: str) -> None:
    answer_gates(desk, request_id, P.COMPLAINT, actor=OWNER)


def test_offers_follow_the_life_of_a_request(desk: Desk, clock: HandClock) -> None:
    request = sent(desk, californian)
    assert may(desk, request) == set()
    assert [one.purpose for one in offers_of(desk, request.lower())] == [
        P.REMINDER, P.IDENTITY_ANSWER, P.REFUSAL_ANSWER, P.APPEAL, P.COMPLAINT]
    clock.forward(days=60)
    assert may(desk, request) == {P.REMINDER, P.COMPLAINT}
    mark(desk, request, "demand_identity")
    assert P.IDENTITY_ANSWER in may(desk, request)
    mark(desk, request, "refuse")
    assert may(desk, request) == {P.REFUSAL_ANSWER, P.COMPLAINT}, "California has no appeal"


def test_what_a_condition_forbids_is_refused_in_its_words(desk: Desk) -> None:
    request = sent(desk, californian)
    with pytest.raises(Refused, match="They are not late yet"):
        write_later(desk, request, P.REMINDER, actor=OWNER)
    with pytest.raises(InvalidInput, match="the request itself"):
        write_later(desk, request, P.REQUEST, actor=OWNER)
    with pytest.raises(NotFound):
        offers_of(desk, "OPT-222222")


def test_a_reminder_claims_the_days_that_the_law_counted(
    desk: Desk, clock: HandClock
) -> None:
    request = sent(desk, californian)
    clock.forward(days=60)
    words = preview(desk, request, P.REMINDER)
    assert "On November 23, 2026 I sent you a request by e-mail" in words
    for row in requests.get_request(desk, request).dates:
        assert row.deadlines.respond_by is not None
        assert row.deadlines.respond_by.citation.split(";")[0] in words
    assert "that time ended on January 7, 2027" in words


def test_a_reminder_stands_in_the_conversation_of_its_request(
    desk: Desk, clock: HandClock
) -> None:
    request = sent(desk, californian)
    clock.forward(days=60)
    first = write_later(desk, request, P.REMINDER, actor=OWNER)
    second = write_later(desk, request, P.REMINDER, actor=OWNER)
    asked = letters.read_document(desk, letters.documents_of(desk, request)[0].id)
    heads = [message_from_bytes(one.content, policy=default) for one in (asked, first, second)]
    ids = [str(head["Message-ID"]) for head in heads]
    assert len(set(ids)) == 3
    assert str(heads[1]["In-Reply-To"]) == str(heads[2]["In-Reply-To"]) == ids[0]
    assert str(heads[2]["References"]).split() == ids[:2]
    assert [one.file_name for one in (first, second)] == [
        f"{request}-reminder.eml", f"{request}-reminder-2.eml"]
    assert first.kind is DocumentKind.EMAIL


def test_a_later_letter_is_kept_apart_from_the_request(desk: Desk, clock: HandClock) -> None:
    request = sent(desk, virginian, "slow-post")
    clock.forward(days=90)
    before = letters.documents_of(desk, request)
    made = write_later(desk, request, P.REMINDER, actor=OWNER)
    assert made.purpose is P.REMINDER
    assert made.file_name == f"{request}-reminder.pdf"
    assert made.content.startswith(b"%PDF")
    assert letters.documents_of(desk, request) == before
    assert [one.id for one in later_documents_of(desk, request)] == [made.id]
    assert letters.read_document(desk, made.id) == made
    assert letters.read_document(desk, before[0].id).purpose is P.REQUEST
    standing = requests.get_request(desk, request).request.standing
    assert standing is Standing.SENT, "writing it marks nothing"


def test_nothing_is_kept_when_the_disk_is_full(
    desk: Desk, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = sent(desk, californian)
    clock.forward(days=60)

    def full(*_: object, **__: object) -> None:
        raise DiskFull("The disk is full.")

    monkeypatch.setattr("optout.services.later_letters.documents.add", full)
    with pytest.raises(DiskFull):
        write_later(desk, request, P.REMINDER, actor=OWNER)
    monkeypatch.undo()
    assert later_documents_of(desk, request) == ()


def test_an_identity_answer_asks_for_what_each_law_gives(desk: Desk) -> None:
    ticked = LaterDetails(demanded=(Fact.GOVERNMENT_ID,))
    californians = sent(desk, californian)
    mark(desk, californians, "demand_identity")
    words = preview(desk, californians, P.IDENTITY_ANSWER, ticked)
    assert "Opting out needs no proof of identity (Cal. Code Regs. tit. 11, § 7026(d))" in words
    assert "no copy of an identity document" in words
    germans = sent(desk, berliner)
    mark(desk, germans, "demand_identity")
    words = preview(desk, germans, P.IDENTITY_ANSWER, ticked)
    assert "only where you have reasonable doubts about who is asking (GDPR Art. 12(6))" in words
    virginians = sent(desk, virginian, "slow-post")
    mark(desk, virginians, "demand_identity")
    words = preview(desk, virginians, P.IDENTITY_ANSWER, ticked)
    assert "needs no proof" not in words
    assert "I would rather not add to it." in words
    assert "the current address" in words
    assert "Make-Believe" not in words


def test_a_refusal_is_answered_with_the_duty_that_the_law_names(desk: Desk) -> None:
    germans = sent(desk, berliner)
    mark(desk, germans, "refuse")
    words = preview(desk, germans, P.REFUSAL_ANSWER)
    assert "the reason (GDPR Art. 12(4))" in words
    assert "to which authority I can complain (GDPR Art. 12(4))" in words
    assert "covers what was copied from public registers" in words
    virginians = sent(desk, virginian, "slow-post")
    mark(desk, virginians, "claim_partly")
    words = preview(desk, virginians, P.REFUSAL_ANSWER)
    assert "how to appeal (Va. Code § 59.1-577(C))" in words
    assert "which exemption you mean" in words
    assert "did a part of it" in words
    assert "GDPR" not in words


def test_a_quote_never_tells_the_broker_a_place_of_the_person(desk: Desk) -> None:
    request = sent(desk, californian)
    mark(desk, request, "refuse")
    words = preview(desk, request, P.REFUSAL_ANSWER)
    assert "100 Fictional Way" not in words
    assert "“These are public records of […].”" in words


@pytest.mark.parametrize("words", [
    "We hold 100 FICTIONAL WY, Sacramento, Maria Sample and 415.555.0142.",
    "See spokeo.example/Avery-Sample/7 and call 555-0142; born Apr. 12 1985.",
    "Write to Fictional Way, or to avery.sample (at) example.com. SAMPLE, MARIA."])
def test_a_quote_has_no_private_value_however_they_write_it(desk: Desk, words: str) -> None:
    request = sent(desk, californian)
    mark(desk, request, "refuse")
    letter = preview(desk, request, P.REFUSAL_ANSWER, LaterDetails(their_words=words))
    assert letter.count("[…]") >= 3
    for private in ("fictional", "maria", "sacramento", "0142", "1985", "avery.s", "spokeo"):
        assert private not in letter.lower(), private


def test_an_appeal_names_the_refusal_and_the_time_for_its_answer(desk: Desk) -> None:
    request = sent(desk, virginian, "slow-post")
    mark(desk, request, "refuse")
    words = preview(desk, request, P.APPEAL)
    assert "I appeal against that decision" in words
    assert "Virginia Consumer Data Protection Act (Va. Code § 59.1-577(C))" in words
    assert "On November 23, 2026 you declined it." in words
    assert "The law gives you 60 calendar days for it" in words
    assert "how to reach the Virginia Attorney General" in words
    mark(desk, request, "appeal")
    assert P.APPEAL not in may(desk, request)


def test_a_letter_names_the_end_where_the_recipient_has_holidays(
    desk: Desk, clock: HandClock
) -> None:
    clock.forward(days=2)
    request = sent(desk, berliner)
    clock.forward(days=40)
    (row, *_) = requests.get_request(desk, request).dates
    assert row.deadlines.respond_by is not None
    assert row.deadlines.respond_by.day == date(2026, 12, 25), "the person is warned early"
    assert "that time ended on December 28, 2026" in preview(desk, request, P.REMINDER)
    complain(desk, request)
    chosen = LaterDetails(authority=authorities_of(desk, request)[0])
    words = preview(desk, request, P.COMPLAINT, chosen)
    assert "28. Dezember 2026: Die Antwortfrist von einem Monat ist abgelaufen" in words


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


def test_in_britain_the_complaint_to_the_firm_comes_first(desk: Desk, clock: HandClock) -> None:
    londoner = replace(berliner(), residences=(Residence("GB"),))
    request = sent(desk, lambda: londoner)
    clock.forward(days=60)
    assert {f.law for f in requests.get_request(desk, request).request.footings} == {"gb-uk-gdpr"}
    assert may(desk, request) == {P.REMINDER}
    mark(desk, request, "remind")
    assert P.APPEAL in may(desk, request)
    words = preview(desk, request, P.APPEAL, LaterDetails())
    assert "complaint to you" in words
    assert "Data Protection Act 2018, s. 164A" in words
    assert "30 calendar days" in words
    mark(desk, request, "appeal")
    complain(desk, request)
    words = preview(desk, request, P.COMPLAINT, LaterDetails())
    assert "I complained to the firm itself." in words
    assert "Complain to the firm itself first." in words, "what the office wants to see"


def test_two_windows_write_no_two_letters_with_one_number(
    desk: Desk, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = sent(desk, californian)
    clock.forward(days=60)
    draw = later_rendering.render

    def slowly(*args: Any, **named: Any) -> Document:
        monkeypatch.setattr(later_rendering, "render", draw)
        write_later(desk, request, P.REMINDER, actor=OWNER)  # the other window is faster
        return draw(*args, **named)

    monkeypatch.setattr(later_rendering, "render", slowly)
    with pytest.raises(Refused, match="in another window just now"):
        write_later(desk, request, P.REMINDER, actor=OWNER)
    assert len(later_documents_of(desk, request)) == 1
    assert write_later(desk, request, P.REMINDER, actor=OWNER).file_name.endswith("-2.eml")


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


def test_a_form_is_followed_by_a_sheet_where_there_is_no_address(
    desk: Desk, clock: HandClock
) -> None:
    request = sent(desk, new_yorker, "form-first")
    clock.forward(days=40)
    made = write_later(desk, request, P.REMINDER, actor=OWNER)
    assert made.kind is DocumentKind.FORM_SHEET
    assert made.file_name == f"{request}-reminder.html"
    assert "as a courtesy" in preview(desk, request, P.REMINDER, LaterDetails())
    steps = hand_over_later(desk, made.id)
    assert made.file_name in steps.steps[0]
    with pytest.raises(InvalidInput, match="no such way"):
        compose_later(desk, request, P.REMINDER, channel=Channel.FAX)


def test_a_longer_time_is_waited_for_and_named(desk: Desk, clock: HandClock) -> None:
    request = sent(desk, virginian, "slow-post")
    requests.mark(desk, request, "extend", actor=OWNER)
    clock.forward(days=60)
    assert may(desk, request) == set(), "they announced in time that they need longer"
    clock.forward(days=60)
    assert "You announced that you need longer." in preview(desk, request, P.REMINDER)
    complain(desk, request)
    assert "The longer time that they announced ended" in preview(
        desk, request, P.COMPLAINT, LaterDetails())


def test_an_appeal_that_is_still_open_is_not_called_late(desk: Desk, clock: HandClock) -> None:
    request = sent(desk, virginian, "slow-post")
    mark(desk, request, "refuse", "appeal")
    clock.forward(days=5)
    complain(desk, request)
    words = preview(desk, request, P.COMPLAINT, LaterDetails())
    assert "I appealed to the firm itself." in words
    assert "The time to answer the appeal ended" not in words


def test_a_law_that_is_gone_is_asserted_no_more(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = sent(desk, berliner)
    mark(desk, request, "refuse")
    book = desk.laws
    monkeypatch.setattr(desk.library, "_laws", replace(book, histories={
        one: kept for one, kept in book.histories.items() if one != "eu-gdpr"}))
    words = preview(desk, request, P.REFUSAL_ANSWER)
    assert "to which authority" not in words
    assert P.COMPLAINT not in may(desk, request)
    assert authorities_of(desk, request) == ()


def test_a_dead_address_is_never_written_to(desk: Desk, clock: HandClock) -> None:
    request = sent(desk, californian)
    clock.forward(days=60)
    known = desk.registry
    dead = replace(known.get("quick-mail"), dead_contacts=(
        DeadContact("privacy@quickmail.example"),))
    desk.library.__dict__["registry"] = Registry(
        {**known.brokers, "quick-mail": dead}, known.checked)
    with pytest.raises(Refused, match="no other way"):
        compose_later(desk, request, P.REMINDER)
    with pytest.raises(InvalidInput, match="no such way"):
        compose_later(desk, request, P.REMINDER, channel=Channel.EMAIL)


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
    person = people.add_person(desk, californian(), actor=OWNER)
    given = authority.add_authorization(desk, Authorization(
        "", person.id, "Robin Example", signed_on=clock.today()), actor=OWNER)
    let_agent_ask(desk, person, "quick-mail")
    (file,) = requests.create_requests(desk, person.id, ["quick-mail"], actor=OWNER,
                                       acting_as=ActingAs.AGENT)
    letters.generate(desk, person.id, actor=OWNER)
    mark(desk, file.request.id, "mark_sent")
    clock.forward(days=60)
    made = write_later(desk, file.request.id, P.REMINDER, actor=OWNER)
    assert letters.read_document(desk, made.id) == made
    authority.revoke_authorization(desk, given.id, actor=OWNER)
    for act in (lambda: letters.read_document(desk, made.id),
                lambda: hand_over_later(desk, made.id),
                lambda: mark_later(desk, made.id, proof=None, actor=OWNER)):
        with pytest.raises(GateClosed, match="no living authorization"):
            act()
    mark(desk, file.request.id, "remind")
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


def test_an_agent_writes_while_the_permission_lives(desk: Desk, clock: HandClock) -> None:
    person = people.add_person(desk, californian(), actor=OWNER)
    given = authority.add_authorization(desk, Authorization(
        "", person.id, "Robin Example", signed_on=clock.today()), actor=OWNER)
    let_agent_ask(desk, person, "quick-mail")
    (file,) = requests.create_requests(desk, person.id, ["quick-mail"], actor=OWNER,
                                       acting_as=ActingAs.AGENT)
    request = file.request.id
    letters.generate(desk, person.id, actor=OWNER)
    mark(desk, request, "mark_sent")
    clock.forward(days=60)
    words = preview(desk, request, P.REMINDER)
    assert "I write for Avery Sample, as their authorized agent." in words
    assert words.startswith("Robin Example")
    authority.add_authorization(desk, replace(given, ends_on=clock.today()), actor=OWNER)
    clock.forward(days=1)
    with pytest.raises(GateClosed, match="no living authorization"):
        compose_later(desk, request, P.REMINDER)


def test_a_way_that_failed_is_not_taken_again(desk: Desk) -> None:
    request = sent(desk, californian)
    mark(desk, request, "refuse", "bounce")
    with pytest.raises(Refused, match="no other way"):
        compose_later(desk, request, P.REFUSAL_ANSWER)
    mail = compose_later(desk, request, P.REFUSAL_ANSWER, channel=Channel.EMAIL)
    assert isinstance(mail, Letter), "the person may insist on it"


def test_a_recipient_that_the_registry_lost_gets_no_letter(
    desk: Desk, clock: HandClock
) -> None:
    request = sent(desk, californian)
    clock.forward(days=60)
    known = desk.registry
    desk.library.__dict__["registry"] = Registry(
        {one: kept for one, kept in known.brokers.items() if one != "quick-mail"}, known.checked)
    with pytest.raises(Refused, match="no longer has this recipient"):
        compose_later(desk, request, P.REMINDER)


def test_words_are_checked_before_they_are_kept(desk: Desk) -> None:
    request = sent(desk, californian)
    mark(desk, request, "refuse")
    with pytest.raises(InvalidInput) as long:
        write_later(desk, request, P.REFUSAL_ANSWER, actor=OWNER,
                    details=LaterDetails(their_words="x" * 4_001))
    assert long.value.field == "their_words"
    with pytest.raises(InvalidInput) as number:
        write_later(desk, request, P.REFUSAL_ANSWER, actor=OWNER,
                    details=LaterDetails(their_words="Your A-number is A123456789."))
    assert number.value.field == "their_words"


def test_a_letter_never_shows_a_name_that_may_not_be_sent(desk: Desk, clock: HandClock) -> None:
    request = sent(desk, californian)
    person = person_of(desk, request)
    old = replace(person.names[0], valid_to=clock.today())
    new = replace(person.names[0], given="Robin")
    people.update_person(desk, replace(person, names=(old, new)), actor=OWNER)
    clock.forward(days=60)
    assert "Avery Sample" in preview(desk, request, P.REMINDER), "under which it went out"
    hidden = replace(old, sensitivity=Sensitivity.NEVER_SEND)
    people.update_person(desk, replace(person, names=(hidden, new)), actor=OWNER)
    words = preview(desk, request, P.REMINDER)
    assert "Avery" not in words.replace("avery", "")
    assert "Robin Sample" in words


@pytest.mark.parametrize("make", [californian, berliner, new_yorker, virginian])
def test_no_later_letter_tells_what_the_request_did_not(
    desk: Desk, clock: HandClock, make: Callable[[], Person]
) -> None:
    request = sent(desk, make, "quick-mail")
    clock.forward(days=90)
    person = person_of(desk, request)
    shown = {person.main_name.full, person.reply_email}
    private = {point.value for point in (*person.emails, *person.phones)}
    private |= {line for place in person.addresses for line in place.address.lines}
    private -= shown
    details = LaterDetails(tuple(Fact), " ".join(private))
    seen = 0
    for events in ((), ("demand_identity",), ("answer_identity", "refuse")):
        mark(desk, request, *events)
        complain(desk, request)
        for purpose in may(desk, request) - {P.COMPLAINT}:
            words = preview(desk, request, purpose, details)
            assert not [value for value in private if value in words]
            seen += 1
    assert seen >= 3


def test_an_old_address_of_another_house_is_no_reason_to_hide_a_po_box(
    desk: Desk, clock: HandClock
) -> None:
    person = replace(virginian(), addresses=(
        *virginian().addresses, PersonAddress(HOME, valid_to=clock.today())))
    request = sent(desk, lambda: person, "slow-post")
    clock.forward(days=90)
    complain(desk, request)
    words = compose_later(desk, request, P.COMPLAINT)
    assert isinstance(words, Letter)
    assert "PO Box 1" in words.sender


def test_an_event_for_every_purpose() -> None:
    assert set(EVENT_OF_PURPOSE) == set(Purpose) - {P.REQUEST}
    assert EVENT_OF_PURPOSE[P.APPEAL] is Event.APPEAL
    assert Right.COMPLAIN_TO_CONTROLLER in Right
