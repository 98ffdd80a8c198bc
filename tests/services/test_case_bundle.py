"""The case file of a request: redacted unless asked, and read back before it is given out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from pypdf import PdfReader

from optout.clock import HandClock
from optout.documents.redaction import Redactor
from optout.domain.actor import OWNER
from optout.domain.document import MadeFile
from optout.domain.document_words import EvidenceKind
from optout.domain.errors import GateClosed, NotFound, Refused, Tampered
from optout.domain.gate import GatePlace
from optout.domain.outcome_words import LookResult
from optout.domain.person import (
    Authorization,
    ContactPoint,
    Counsel,
    Person,
    PersonName,
)
from optout.domain.places import PersonAddress, PostalAddress
from optout.domain.words import ActingAs, GateLevel, NameKind
from optout.services import (
    answers,
    authority,
    case_bundle,
    case_words,
    evidence,
    exposures,
    letters,
    looks,
    people,
    plans,
    requests,
)
from optout.services.case_bundle import COMPLETE_COPY
from optout.services.desk import Desk
from optout.store import audit, counsel
from tests.documents import foreign
from tests.documents import foreign_pictures as pictures
from tests.factories import PO_BOX, berliner, californian, new_yorker

LISTING = "https://quickmail.example/people/avery-sample"
SENTENCE = ("We refuse the request of Avery Sample and Maria Sample of 100 Fictional Way, "
            "San Francisco.")
PRIVATE = ("Fictional", "94102", "avery.sample@", "555-0142", "4155550142", "avery-sample",
           "Maria", "1985")


def reply_to(request_id: str) -> bytes:
    return (
        "From: Privacy Desk <desk@quickmail.example>\r\nTo: optout.sample@example.com\r\n"
        f"Date: Mon, 30 Nov 2026 10:00:00 +0000\r\nSubject: Re: {request_id}\r\n"
        "Message-ID: <a1@quickmail.example>\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n"
        f"<p>Dear Avery Sample,</p><p>{SENTENCE} <a href='https://tracker.example/x'>Here</a>"
        "</p><img src='https://tracker.example/p.gif'>\r\n--x\r\n"
        "Content-Type: application/pdf; name=r.pdf\r\n"
        "Content-Disposition: attachment; filename=r.pdf\r\n\r\n%PDF-\r\n--x--\r\n").encode()


@pytest.fixture
def request_id(desk: Desk, avery: Person, clock: HandClock) -> str:
    """A request that went out by e-mail, was refused, and has proofs of every kind."""
    exposures.add_exposure(desk, avery.id, "quick-mail", LISTING, actor=OWNER)
    (file,) = requests.create_requests(desk, avery.id, ["quick-mail"], actor=OWNER)
    made = file.request.id
    letters.generate(desk, avery.id, actor=OWNER)
    clock.forward(days=1)
    requests.mark(desk, made, "mark_sent", detail="Number 4711", actor=OWNER)
    add(desk, made, pictures.screenshot(), EvidenceKind.SENDING, event_seq=2)
    clock.forward(days=6)
    answers.import_message(desk, reply_to(made), actor=OWNER)
    requests.mark(desk, made, "refuse", detail=SENTENCE, actor=OWNER)
    looks.record_look(desk, avery.id, "quick-mail", LookResult.LISTED, actor=OWNER)
    add(desk, made, foreign.pdf_of("They wrote to 100 Fictional Way"), EvidenceKind.ANSWER)
    add(desk, made, foreign.locked_pdf(), EvidenceKind.ANSWER)
    add(desk, made, reply_to(made), EvidenceKind.LOOK)
    add(desk, made, b"My own note about Maria.\n## no heading", EvidenceKind.OTHER)
    return made


def add(desk: Desk, made: str, content: bytes, kind: EvidenceKind, **more: Any) -> None:
    evidence.add_evidence(desk, made, content, name="Avery at home.png", kind=kind, actor=OWNER,
                          **more)


Bundle = Callable[..., MadeFile]


@pytest.fixture
def bundle(desk: Desk, request_id: str) -> Bundle:
    def make(**more: Any) -> MadeFile:
        return case_bundle.case_bundle(desk, request_id, actor=OWNER, **more)

    return make


def text_of(file: MadeFile) -> str:
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(file.content)).pages)
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


def allow(desk: Desk, request_id: str) -> None:
    case_bundle.allow_complete_copy(desk, request_id, accepted=True, actor=OWNER)


def test_the_copy_for_others_tells_the_story_without_private_values(
    desk: Desk, request_id: str, bundle: Bundle
) -> None:
    made = bundle()
    assert (made.file_name, made.media_type) == (
        f"{request_id}-case-file-redacted.pdf", "application/pdf")
    text = text_of(made)
    for told in (f"Case file {request_id}", "Avery Sample", "Quick Mail",
                 "The recipient refused", "California Consumer Privacy Act",
                 "We refuse the request of Avery Sample and [name of another person removed]",
                 "[home address removed]", "optout.sample@example.com", "quickmail.example",
                 "What others sent or showed is left out", "This file is no legal advice",
                 "On November 30, 2026: The person is still listed."):
        assert told in text, told
    for private in (*PRIVATE, "at home.png", "Number 4711", "My own note", "tracker"):
        assert private not in text, private
        assert private.encode() not in made.content
    with desk.store.reading() as session:
        entry = audit.latest(session)[0]
    assert (entry.act, entry.subject) == ("make_redacted_case_file", request_id)


def test_the_complete_copy_has_everything_as_it_came(
    desk: Desk, request_id: str, bundle: Bundle
) -> None:
    allow(desk, request_id)
    made = bundle(redacted=False)
    assert made.file_name == f"{request_id}-case-file.pdf"
    text = text_of(made)
    for told in ("Dear Avery Sample,", SENTENCE, "Number 4711", "They wrote to 100 Fictional Way",
                 "My own note about Maria. ## no heading", "Avery at home.png",
                 "locked with a password", "Attached: r.pdf (application/pdf, 5 bytes)",
                 "Message-ID", "Proves: It left (November 24, 2026)"):
        assert told in text, told
    assert "tracker" not in text
    assert foreign.acting(made.content) <= {"/Names"}
    with desk.store.reading() as session:
        assert audit.latest(session)[0].act == "make_complete_case_file"


@pytest.mark.parametrize("redacted", [True, False])
def test_every_hash_in_the_table_is_that_of_the_original(
    desk: Desk, request_id: str, bundle: Bundle, redacted: bool  # noqa: FBT001 - a case
) -> None:
    allow(desk, request_id)
    bare = text_of(bundle(redacted=redacted)).replace(" ", "")
    kept = [evidence.read_evidence(desk, one.id)[1]
            for one in evidence.evidence_of(desk, request_id)]
    written = [letters.read_document(desk, one.id).content
               for one in letters.documents_of(desk, request_id)]
    for content in (*kept, *written, reply_to(request_id)):
        assert hashlib.sha256(content).hexdigest() in bare


@pytest.mark.parametrize("redacted", [True, False])
def test_it_is_the_same_to_the_byte(
    desk: Desk, request_id: str, bundle: Bundle, redacted: bool  # noqa: FBT001 - a case
) -> None:
    allow(desk, request_id)
    assert bundle(redacted=redacted) == bundle(redacted=redacted)


def test_a_redactor_that_fails_is_found_out_and_nothing_is_given(
    bundle: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    def blind(_: Redactor, text: str, **_more: Any) -> str:
        return text

    monkeypatch.setattr(Redactor, "redacted", blind)
    with pytest.raises(Refused, match=r"would still show: home address") as refused:
        bundle()
    for private in PRIVATE:
        assert private not in str(refused.value)


@pytest.mark.parametrize(("value", "kind"), [
    ("100 Fictional Way", "home address"), ("+1 (415) 555-0142", "phone number"),
    ("avery.sample@example.com", "private e-mail address"), (LISTING, "link to a listing"),
    ("April 12, 1985", "date of birth")])
def test_one_value_that_slips_through_is_enough(
    bundle: Bundle, monkeypatch: pytest.MonkeyPatch, value: str, kind: str
) -> None:
    honest = Redactor.redacted

    def leaky(self: Redactor, text: str, **more: Any) -> str:
        return honest(self, text, **more).replace("This file is no legal advice", value)

    monkeypatch.setattr(Redactor, "redacted", leaky)
    with pytest.raises(Refused, match=f"would still show: {kind}"):
        bundle()


def test_the_complete_copy_stands_behind_a_question_for_this_request_alone(
    desk: Desk, avery: Person, request_id: str, bundle: Bundle
) -> None:
    with pytest.raises(GateClosed) as closed:
        bundle(redacted=False)
    assert closed.value.gates == (COMPLETE_COPY,)
    (gate,) = case_bundle.complete_copy_gates(desk, request_id)
    assert (gate.id, gate.level, gate.scope) == (COMPLETE_COPY, GateLevel.CONFIRM, request_id)
    assert "public records" in gate.explanation
    allow(desk, f" {request_id.lower()} ")
    bundle(redacted=False)
    (other,) = requests.create_requests(desk, avery.id, ["slow-post"], actor=OWNER)
    with pytest.raises(GateClosed):
        case_bundle.case_bundle(desk, other.request.id, redacted=False, actor=OWNER)
    case_bundle.allow_complete_copy(desk, request_id, accepted=False, actor=OWNER)
    with pytest.raises(GateClosed):
        bundle(redacted=False)


def test_nobody_at_risk_gets_a_complete_copy(
    desk: Desk, request_id: str, bundle: Bundle
) -> None:
    allow(desk, request_id)
    people.set_instance_at_risk(desk, value=True, actor=OWNER)
    with pytest.raises(GateClosed, match="private details"):
        bundle(redacted=False)
    with pytest.raises(Refused, match="cannot be answered away") as refused:
        allow(desk, request_id)
    assert "redacted" in refused.value.remedy
    case_bundle.allow_complete_copy(desk, request_id, accepted=False, actor=OWNER)
    assert bundle().content


def test_the_question_is_asked_nowhere_else(desk: Desk) -> None:
    assert desk.gates.rule(COMPLETE_COPY).places == (GatePlace.CASE_FILE,)


def test_a_letter_is_bound_as_pages_and_redacted_as_text(
    desk: Desk, avery: Person, clock: HandClock
) -> None:
    (file,) = requests.create_requests(desk, avery.id, ["slow-post"], actor=OWNER)
    made = file.request.id
    letters.generate(desk, avery.id, actor=OWNER)
    allow(desk, made)
    whole = case_bundle.case_bundle(desk, made, redacted=False, actor=OWNER)
    bare = case_bundle.case_bundle(desk, made, actor=OWNER)
    assert "PO Box 0" in text_of(whole)
    assert "[address for answers removed]" in text_of(bare)
    assert "PO Box" not in text_of(bare)
    assert "It is written and has not left." in text_of(bare)
    clock.forward(days=1)
    assert case_bundle.case_bundle(desk, made, actor=OWNER) != bare
    assert case_bundle.case_bundle(desk, made, actor=OWNER, on=date(2026, 11, 23)) == bare


def test_a_form_sheet_is_bound_as_text(desk: Desk, avery: Person) -> None:
    plans.answer_gate(desk, avery.id, "new-fact-to-broker", scope="form-first", accepted=True,
                      actor=OWNER)
    exposures.add_exposure(desk, avery.id, "form-first", "https://formfirst.example/x",
                           actor=OWNER)
    (file,) = requests.create_requests(desk, avery.id, ["form-first"], actor=OWNER)
    letters.generate(desk, avery.id, actor=OWNER)
    text = text_of(case_bundle.case_bundle(desk, file.request.id, actor=OWNER))
    assert "What was entered in a form" in text
    assert "formfirst.example/x" not in text


def test_helpers_counsel_and_hidden_names_are_others(desk: Desk) -> None:
    person = people.add_person(desk, replace(californian(), names=(
        PersonName("Avery", "Sample"),
        PersonName("Oldgiven", "Sample", kind=NameKind.DO_NOT_USE))), actor=OWNER)
    authority.add_authorization(
        desk, Authorization("", person.id, "Robin Helper", date(2026, 11, 1)), actor=OWNER)
    with desk.store.writing() as session:
        counsel.save(session, Counsel(person.id, "Lee Lawyer", PO_BOX, date(2026, 11, 1), OWNER,
                                      organisation="Fictional Clinic"))
    for gate in ("consent-and-authority", "agent-identity-discloses"):
        plans.answer_gate(desk, person.id, gate, scope="slow-post", accepted=True, actor=OWNER)
    (file,) = requests.create_requests(
        desk, person.id, ["slow-post"], acting_as=ActingAs.AGENT, actor=OWNER)
    letters.generate(desk, person.id, actor=OWNER)
    add(desk, file.request.id, b"x", EvidenceKind.OTHER)
    bare = case_bundle.case_bundle(desk, file.request.id, actor=OWNER)
    assert "Acting for them [name of another person removed]" in text_of(bare)
    assert "Helper" not in text_of(bare)
    allow(desk, file.request.id)
    whole = case_bundle.case_bundle(desk, file.request.id, redacted=False, actor=OWNER)
    assert "Acting for them Robin Helper" in text_of(whole)


@pytest.mark.parametrize("line", ["c/o Robin Host", "C/O: Robin Host", "Care of Robin Host"])
def test_whom_the_person_lives_with_is_another(desk: Desk, line: str) -> None:
    home = PostalAddress((line, "5 Sample Street"), "San Francisco", "US", "CA", "94110")
    person = people.add_person(desk, replace(californian(), addresses=(
        PersonAddress(home, current=True),)), actor=OWNER)
    (file,) = requests.create_requests(desk, person.id, ["quick-mail"], actor=OWNER)
    letters.generate(desk, person.id, actor=OWNER)
    requests.mark(desk, file.request.id, "mark_sent", actor=OWNER)
    requests.mark(desk, file.request.id, "refuse", detail="Robin Host wrote to us.", actor=OWNER)
    text = text_of(case_bundle.case_bundle(desk, file.request.id, actor=OWNER))
    assert "[name of another person removed] wrote to us." in text


def test_one_whose_own_mailbox_takes_the_answers_does_not_show_it(desk: Desk) -> None:
    own = replace(californian(), reply_email="Avery.Sample@example.com", phones=(),
                  date_of_birth=None)
    person = people.add_person(desk, own, actor=OWNER)
    (file,) = requests.create_requests(desk, person.id, ["quick-mail"], actor=OWNER)
    letters.generate(desk, person.id, actor=OWNER)
    text = text_of(case_bundle.case_bundle(desk, file.request.id, actor=OWNER))
    assert "[private e-mail address removed]" in text
    assert "avery.sample@" not in text.lower()


def test_a_broker_that_the_registry_lost_is_called_by_its_id(
    desk: Desk, bundle: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = text_of(bundle())
    assert "Asked of Quick Mail" in before
    monkeypatch.setitem(desk.library.__dict__, "registry", SimpleNamespace(brokers={}))
    assert "Asked of quick-mail" in text_of(bundle())


def test_a_file_that_was_changed_is_not_bound(desk: Desk, request_id: str, bundle: Bundle) -> None:
    name = f"reply-{hashlib.sha256(reply_to(request_id)).hexdigest()}"
    desk.files.put(name, b"other words")
    with pytest.raises(Tampered):
        bundle()


def test_an_unknown_request_is_told(desk: Desk) -> None:
    for ask in (lambda: case_bundle.case_bundle(desk, "OPT-222222", actor=OWNER),
                lambda: case_bundle.complete_copy_gates(desk, "OPT-222222")):
        with pytest.raises(NotFound):
            ask()


def test_more_time_and_lateness_stand_in_the_file(
    desk: Desk, avery: Person, clock: HandClock
) -> None:
    (file,) = requests.create_requests(desk, avery.id, ["slow-post"], actor=OWNER)
    made = file.request.id
    letters.generate(desk, avery.id, actor=OWNER)
    clock.forward(days=7)
    requests.mark(desk, made, "mark_sent", on=date(2026, 11, 23),
                  received_on=date(2026, 11, 30), actor=OWNER)
    requests.mark(desk, made, "extend", until=date(2027, 3, 1), actor=OWNER)
    clock.forward(days=200)
    text = text_of(case_bundle.case_bundle(desk, made, actor=OWNER))
    assert "it arrived on November 30, 2026" in text
    assert "until March 1, 2027" in text
    assert "days late" in text


def test_a_last_day_that_a_holiday_moves_is_no_late_day(desk: Desk, clock: HandClock) -> None:
    clock.forward(days=2)
    person = people.add_person(desk, berliner(), actor=OWNER)
    (file,) = requests.create_requests(desk, person.id, ["quick-mail"], actor=OWNER)
    letters.generate(desk, person.id, actor=OWNER)
    requests.mark(desk, file.request.id, "mark_sent", actor=OWNER)
    clock.forward(days=34)
    text = text_of(case_bundle.case_bundle(desk, file.request.id, actor=OWNER))
    assert "The recipient is 1 day late." in text
    assert "25 December 2026 (late" in text
    assert "from 29 December 2026)" in text


def test_every_word_of_the_domain_has_its_words() -> None:
    tables = (case_words.CHANNELS, case_words.RIGHTS, case_words.STANDINGS, case_words.CLAIMS,
              case_words.LOOKS, case_words.EVENTS, case_words.PURPOSES, case_words.DOCUMENTS,
              case_words.EVIDENCE, case_words.READINGS)
    for table in tables:
        assert set(table) == set(type(next(iter(table))))


def test_a_picture_that_opens_no_more_is_listed(
    desk: Desk, request_id: str, bundle: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    allow(desk, request_id)
    monkeypatch.setattr("optout.documents.pictures.MOST_PIXELS", 10)
    assert "It is listed here and not shown; the original is kept." in text_of(
        bundle(redacted=False))


def test_what_was_gone_and_came_back_is_told(
    desk: Desk, avery: Person, request_id: str, clock: HandClock
) -> None:
    def seen() -> str:
        return text_of(case_bundle.case_bundle(desk, request_id, actor=OWNER))

    for result in (LookResult.NOT_FOUND, LookResult.NOT_FOUND):
        clock.forward(days=10)
        looks.record_look(desk, avery.id, "quick-mail", result, actor=OWNER)
    assert "It counts as confirmed gone." in seen()
    clock.forward(days=10)
    looks.record_look(desk, avery.id, "quick-mail", LookResult.LISTED, actor=OWNER)
    assert "It had been gone and came back." in seen()


def test_nobody_named_and_nobody_asked_by_law(desk: Desk) -> None:
    person = people.add_person(desk, replace(new_yorker(), phones=(
        ContactPoint("not a number 12"),)), actor=OWNER)
    (file,) = requests.create_requests(desk, person.id, ["quick-mail"], actor=OWNER)
    text = text_of(case_bundle.case_bundle(desk, file.request.id, actor=OWNER))
    assert "A request that rests on no law" in text
    assert "There is no document in this file." in text
    assert "Nothing has been written yet." in text
