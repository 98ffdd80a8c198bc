"""What the file of a case tells of others, of its course, and of what cannot be bound."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.document_words import EvidenceKind
from optout.domain.errors import NotFound, Tampered
from optout.domain.outcome_words import LookResult, RefusalReason
from optout.domain.person import Authorization, ContactPoint, Counsel, Person, PersonName
from optout.domain.places import PersonAddress, PostalAddress
from optout.domain.words import ActingAs, NameKind
from optout.services import (
    authority,
    case_bundle,
    case_words,
    letters,
    looks,
    people,
    plans,
    requests,
)
from optout.services.desk import Desk
from optout.store import counsel
from tests.factories import PO_BOX, berliner, californian, new_yorker
from tests.services.case_bundle.conftest import Bundle, add, allow, reply_to, text_of


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


def test_the_reason_of_a_refusal_is_told(desk: Desk) -> None:
    person = people.add_person(desk, californian(), actor=OWNER)
    (file,) = requests.create_requests(desk, person.id, ["quick-mail"], actor=OWNER)
    requests.mark(desk, file.request.id, "mark_sent", actor=OWNER)
    requests.mark(desk, file.request.id, "refuse", reason=RefusalReason.PUBLIC_RECORD,
                  actor=OWNER)
    text = text_of(case_bundle.case_bundle(desk, file.request.id, actor=OWNER))
    assert "The recipient refused: it calls the data public" in " ".join(text.split())


def test_every_word_of_the_domain_has_its_words() -> None:
    tables = (case_words.CHANNELS, case_words.RIGHTS, case_words.STANDINGS, case_words.CLAIMS,
              case_words.LOOKS, case_words.EVENTS, case_words.PURPOSES, case_words.DOCUMENTS,
              case_words.EVIDENCE, case_words.READINGS, case_words.REASONS)
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
