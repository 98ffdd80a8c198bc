"""Every domain value comes back as it went in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa

from optout.domain.actor import OWNER, SCHEDULER, ActorKind
from optout.domain.document import Document, Reply
from optout.domain.document_words import DocumentKind
from optout.domain.errors import NotFound
from optout.domain.exposure import Exposure
from optout.domain.gate import GateAnswer
from optout.domain.outcome_words import Claim, LookResult, Reading
from optout.domain.person import Authorization
from optout.domain.request import Disclosure
from optout.domain.words import Event, Fact, Standing
from optout.store import (
    audit,
    authorizations,
    disclosures,
    documents,
    exposures,
    gates,
    matters,
    meta,
    people,
    replies,
    requests,
)
from optout.store.models import ActorRow
from optout.store.store import Store
from tests.store import samples
from tests.store.conftest import Furnished


def test_a_person_comes_back_with_every_list_in_its_order(store: Store) -> None:
    with store.writing() as session:
        saved = people.save(session, samples.AVERY)
    assert saved.id.startswith("P-")
    with store.reading() as session:
        assert people.get(session, saved.id) == replace(samples.AVERY, id=saved.id)


def test_a_changed_person_replaces_the_stored_one_whole(store: Store) -> None:
    with store.writing() as session:
        saved = people.save(session, samples.AVERY)
    changed = replace(
        saved, names=saved.names[1:], emails=(saved.emails[1], saved.emails[0]), phones=(),
        addresses=saved.addresses[::-1], date_of_birth=None, at_risk=False, reply_address=None)
    with store.writing() as session:
        people.save(session, changed)
    with store.reading() as session:
        assert people.get(session, saved.id) == changed
        assert people.page(session, most=9) == (changed,)


def test_an_unknown_person_is_not_found(store: Store) -> None:
    with store.reading() as session, pytest.raises(NotFound):
        people.get(session, "P-NOBODY")
    with store.writing() as session, pytest.raises(NotFound):
        people.save(session, replace(samples.AVERY, id="P-NOBODY"))


def test_a_matter_is_opened_once_and_kept_until_closed(furnished: Furnished) -> None:
    with furnished.store.writing() as session:
        first = matters.current(session, furnished.person_id, samples.DAY)
        assert matters.current(session, furnished.person_id, samples.DAY) == first
        matters.save(session, replace(first, title="Clinic", closed_on=samples.DAY))
        second = matters.current(session, furnished.person_id, samples.DAY)
        assert second.id != first.id
        of_person = {one.id: one for one in matters.of_person(session, furnished.person_id)}
        assert set(of_person) == {first.id, second.id}
        assert of_person[first.id].title == "Clinic"


def test_a_permission_comes_back_and_can_be_revoked(furnished: Furnished) -> None:
    permission = Authorization("", furnished.person_id, "Clinic Example", samples.DAY,
                               samples.DAY + timedelta(365), None, power_of_attorney=True)
    with furnished.store.writing() as session:
        saved = authorizations.save(session, permission)
        revoked = replace(saved, revoked_on=samples.DAY)
        authorizations.save(session, revoked)
    with furnished.store.reading() as session:
        assert authorizations.of_person(session, furnished.person_id) == (revoked,)


def test_a_request_comes_back_with_its_footings_and_facts(furnished: Furnished) -> None:
    expected = samples.request(furnished.person_id, furnished.matter_id)
    with furnished.store.reading() as session:
        assert requests.get(session, expected.id) == expected
        assert requests.every(session, furnished.person_id) == (expected,)
        assert requests.every(session, "P-OTHER") == ()


def test_a_changed_request_replaces_the_stored_one(furnished: Furnished) -> None:
    changed = replace(
        samples.request(furnished.person_id, furnished.matter_id), standing=Standing.CLOSED,
        claim=Claim.NO_RECORD, claim_words="Nothing found.", last_look=LookResult.NOT_FOUND,
        last_look_on=samples.DAY, sent_on=samples.DAY, received_on=samples.DAY,
        predecessor_id=furnished.request_id, procedure_index=2)
    with furnished.store.writing() as session:
        requests.update(session, changed)
    with furnished.store.reading() as session:
        assert requests.get(session, changed.id) == changed
        assert requests.every(session, furnished.person_id) == (changed,)


def test_an_unknown_request_is_not_found_by_its_reference(furnished: Furnished) -> None:
    unknown = samples.request(furnished.person_id, furnished.matter_id, "OPT-222222")
    with furnished.store.writing() as session:
        with pytest.raises(NotFound, match="OPT-222222"):
            requests.get(session, "OPT-222222")
        with pytest.raises(NotFound, match="OPT-222222"):
            requests.update(session, unknown)


def test_many_requests_come_back_as_if_added_one_by_one(furnished: Furnished) -> None:
    many = tuple(
        replace(samples.request(furnished.person_id, furnished.matter_id, f"OPT-{n:06}"),
                sent_on=samples.DAY if n % 2 else None, predecessor_id=furnished.request_id)
        for n in range(50))
    with furnished.store.writing() as session:
        assert requests.add_many(session, iter(many)) == 50
    with furnished.store.reading() as session:
        assert requests.every(session, furnished.person_id)[1:] == many


def test_a_chain_of_requests_may_be_written_in_any_order(furnished: Furnished) -> None:
    first = samples.request(furnished.person_id, furnished.matter_id, "OPT-333333")
    second = samples.request(furnished.person_id, furnished.matter_id, "OPT-444444")
    with furnished.store.writing() as session:
        requests.add_many(session, [replace(first, successor_id="OPT-444444"),
                                    replace(second, predecessor_id="OPT-333333")])
    with furnished.store.reading() as session:
        assert requests.get(session, "OPT-333333").successor_id == "OPT-444444"


def test_history_and_dates_come_back_in_order(furnished: Furnished) -> None:
    history = (samples.event(1, Event.PREPARE), samples.event(2))
    found = (samples.statutory_date("delete-act"), samples.statutory_date("ccpa"))
    with furnished.store.writing() as session:
        for happened in reversed(history):
            requests.add_event(session, furnished.request_id, happened)
        requests.save_dates(session, furnished.request_id, (samples.statutory_date("old"),))
        requests.save_dates(session, furnished.request_id, found)
    with furnished.store.reading() as session:
        assert requests.events(session, furnished.request_id) == history
        assert requests.dates(session, furnished.request_id) == found
        assert requests.events_by_request(session, furnished.person_id) == {
            furnished.request_id: history}
        assert requests.dates_by_request(session, furnished.person_id) == {
            furnished.request_id: found}
        assert requests.events_by_request(session, "P-OTHER") == {}


def test_saving_no_dates_removes_those_that_were_there(furnished: Furnished) -> None:
    with furnished.store.writing() as session:
        requests.save_dates(session, furnished.request_id, (samples.statutory_date(),))
        requests.save_dates(session, furnished.request_id, ())
        assert requests.dates(session, furnished.request_id) == ()


def test_an_event_by_an_unknown_actor_is_refused(furnished: Furnished) -> None:
    with pytest.raises(sa.exc.IntegrityError), furnished.store.writing() as session:
        requests.add_event(session, furnished.request_id,
                           replace(samples.event(), actor="stranger"))


def test_an_instant_keeps_its_moment_whatever_its_zone(furnished: Furnished) -> None:
    tokyo = datetime(2026, 11, 24, 3, 30, tzinfo=timezone(timedelta(hours=9)))
    with furnished.store.writing() as session:
        requests.add_event(session, furnished.request_id,
                           replace(samples.event(), recorded_at=tokyo))
    with furnished.store.reading() as session:
        stored = requests.events(session, furnished.request_id)[0].recorded_at
    assert stored == tokyo
    assert stored.tzinfo is UTC


def test_an_instant_without_a_zone_is_refused(furnished: Furnished) -> None:
    naive = datetime(2026, 11, 24, 3, 30)  # noqa: DTZ001 - the point of the test
    with (pytest.raises(sa.exc.StatementError, match="zone"),
          furnished.store.writing() as session):
        requests.add_event(session, furnished.request_id,
                           replace(samples.event(), recorded_at=naive))


def test_a_document_comes_back_without_its_content(furnished: Furnished) -> None:
    document = Document("D-1", furnished.request_id, DocumentKind.EMAIL, "OPT-7K3M9Q-email.eml",
                        "message/rfc822", "ab" * 32, samples.DAY, b"secret bytes", "mailto:a@b.c")
    with furnished.store.writing() as session:
        documents.add(session, document, "D-1.sealed", "cd" * 32)
        stored = documents.get(session, "D-1")
        assert documents.of_request(session, furnished.request_id) == (stored,)
        with pytest.raises(NotFound):
            documents.get(session, "D-2")
    assert stored.document == replace(document, content=b"")
    assert (stored.sealed_name, stored.sealed_sha256) == ("D-1.sealed", "cd" * 32)


def test_the_ledger_says_what_each_broker_knows(furnished: Furnished) -> None:
    entries = (
        Disclosure(furnished.person_id, "acme", Fact.FULL_NAME, samples.DAY, "e-mail",
                   furnished.request_id),
        Disclosure(furnished.person_id, "acme", Fact.FULL_NAME, samples.DAY, "a look"),
        Disclosure(furnished.person_id, "other", Fact.PHONE, samples.DAY, "form"))
    with furnished.store.writing() as session:
        disclosures.add_many(session, entries)
        disclosures.add_many(session, ())
    with furnished.store.reading() as session:
        assert disclosures.of_person(session, furnished.person_id) == entries
        assert disclosures.known_facts(session, furnished.person_id) == {
            "acme": frozenset({Fact.FULL_NAME}), "other": frozenset({Fact.PHONE})}


def test_what_never_went_out_is_struck_from_the_ledger(furnished: Furnished) -> None:
    sent = Disclosure(furnished.person_id, "acme", Fact.PHONE, samples.DAY, "e-mail",
                      furnished.request_id)
    others = (replace(sent, why="a look"), replace(sent, request_id=""),
              replace(sent, on=samples.DAY + timedelta(days=1)))
    with furnished.store.writing() as session:
        disclosures.add_many(session, (sent, *others))
        assert disclosures.take_back(session, furnished.request_id, samples.DAY, "e-mail") == 1
        assert disclosures.of_person(session, furnished.person_id) == others


def test_every_sealed_file_is_named_by_a_row(furnished: Furnished) -> None:
    document = Document("D-1", furnished.request_id, DocumentKind.LETTER, "a.pdf",
                        "application/pdf", "", samples.DAY)
    with furnished.store.writing() as session:
        assert documents.sealed_names(session) == replies.sealed_names(session) == frozenset()
        documents.add(session, document, "D-1.sealed", "")
        replies.add(session, Reply("", "", "", Reading.OTHER, "", None, "11" * 32), "R-1.sealed")
        assert documents.sealed_names(session) == {"D-1.sealed"}
        assert replies.sealed_names(session) == {"R-1.sealed"}


def test_the_latest_answer_to_a_gate_counts(furnished: Furnished) -> None:
    no = GateAnswer("new-fact", "acme", accepted=False, answered_on=samples.DAY, actor="owner")
    elsewhere = replace(no, scope="other")
    with furnished.store.writing() as session:
        for answer in (no, elsewhere, replace(no, accepted=True)):
            gates.record(session, furnished.person_id, answer)
        assert gates.answers(session, furnished.person_id) == (
            elsewhere, replace(no, accepted=True))


def test_listings_are_found_by_person_and_broker(furnished: Furnished) -> None:
    seen = Exposure(furnished.person_id, "acme", "https://example.com/avery", samples.DAY, "Age.")
    with furnished.store.writing() as session:
        first = exposures.add(session, seen)
        second = exposures.add(session, replace(seen, broker_id="other"))
        assert first == replace(seen, id=first.id)
        assert exposures.of_person(session, furnished.person_id) == (first, second)
        assert exposures.of_person(session, furnished.person_id, "other") == (second,)


def test_the_same_message_is_kept_once(furnished: Furnished) -> None:
    matched = Reply("<a@example.com>", furnished.request_id, "reference", Reading.REMOVED,
                    "We removed it.", samples.NOW, "11" * 32)
    stray = Reply("", "", "", Reading.OTHER, "", None, "22" * 32)
    with furnished.store.writing() as session:
        assert replies.add(session, matched, "R-1")
        assert not replies.add(session, replace(matched, reading=Reading.OTHER), "R-2")
        assert replies.add(session, stray, "R-3")
        assert replies.of_request(session, furnished.request_id) == (matched,)
        assert replies._select(session, sa.true())[-1] == stray
        assert replies.sealed_name(session, matched.sha256) == "R-1"
        assert replies.sealed_name(session, "33" * 32) is None


def test_owner_and_scheduler_act_from_the_start(store: Store) -> None:
    with store.writing() as session:
        rows = session.execute(sa.select(ActorRow.id, ActorRow.kind).order_by(ActorRow.id))
        assert rows.all() == [(OWNER, ActorKind.PERSON), (SCHEDULER, ActorKind.PROGRAM)]


def test_settings_are_text_by_key(store: Store) -> None:
    with store.writing() as session:
        assert meta.get(session, "at_risk") is None
        meta.put(session, "at_risk", "true")
        meta.put(session, "at_risk", "false")
        assert meta.get(session, "at_risk") == "false"


def test_the_audit_is_read_newest_first(store: Store) -> None:
    with store.writing() as session:
        audit.write(session, "owner", "unlock", "", samples.NOW)
        audit.write(session, "scheduler", "sweep", "F-1", samples.NOW + timedelta(hours=1))
        newest, oldest = audit.latest(session)
        assert audit.latest(session, 1) == (newest,)
    assert newest == audit.AuditEntry(
        samples.NOW + timedelta(hours=1), "scheduler", "sweep", "F-1")
    assert oldest.act == "unlock"
