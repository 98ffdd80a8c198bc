"""The file of a case: whole for oneself, without private values for others, the same each time."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

import pytest

from optout.clock import HandClock
from optout.documents.redaction import Redactor
from optout.domain.actor import OWNER
from optout.domain.errors import GateClosed, Refused
from optout.domain.gate import GatePlace
from optout.domain.person import Person
from optout.domain.words import GateLevel
from optout.services import case_bundle, evidence, exposures, letters, people, plans, requests
from optout.services.case_bundle import COMPLETE_COPY
from optout.services.desk import Desk
from optout.store import audit
from tests.documents import foreign
from tests.services.case_bundle.conftest import LISTING, SENTENCE, Bundle, allow, reply_to, text_of

PRIVATE = ("Fictional", "94102", "avery.sample@", "555-0142", "4155550142", "avery-sample",
           "Maria", "1985")


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
