"""The full text follows its sources, finds what was typed whatever it is, and forgets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from optout.domain.document import Document, Evidence
from optout.domain.document_words import DocumentKind, EvidenceKind
from optout.domain.exposure import Exposure
from optout.domain.person import ContactPoint, PersonName
from optout.domain.words import Event, FollowUpKind, FollowUpState
from optout.store import documents, evidence, exposures, followups, people, requests, search
from optout.store.models import NoteTextRow, RequestRow
from optout.store.store import Store
from tests.store import samples
from tests.store.conftest import Furnished


def kinds(store: Store, words: str) -> list[str]:
    with store.reading() as session:
        return [found.kind for found in search.notes(session, words, most=20)]


@pytest.mark.parametrize("typed", [
    "avery", "Sample AVERY", "nguyen", "NGUYỄN", "formername", "ave", "avery.sample@example.com",
    "sample@ex", "+1 (415) 555-0142", "415.555.0142", "5550142", "0142", "0014155550142"])
def test_a_person_is_found_by_what_is_remembered_of_them(
    furnished: Furnished, typed: str,
) -> None:
    with furnished.store.reading() as session:
        assert search.people(session, typed, most=20) == (furnished.person_id,)


@pytest.mark.parametrize("typed", [
    "", "  ", "blair", "very", "avery blair", "4155550143", "015", '"', "***", "\0", "OR", "NOT"])
def test_nobody_is_found_by_anything_else(furnished: Furnished, typed: str) -> None:
    with furnished.store.reading() as session:
        assert search.people(session, typed, most=20) == ()


@settings(max_examples=150, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.one_of(
    st.text(max_size=60),
    st.text("\"*^:(){}+-NEAR OT,AND\0'\\avery", max_size=60)))
def test_nothing_that_is_typed_is_taken_for_a_command(furnished: Furnished, typed: str) -> None:
    with furnished.store.reading() as session:
        search.people(session, typed, most=20)
        search.notes(session, typed, most=20)
        search.requests(session, typed, most=20)
        search.papers(session, typed, most=20)


def test_a_name_that_changed_is_found_as_it_is_now(furnished: Furnished) -> None:
    store = furnished.store
    with store.writing() as session:
        people.save(session, replace(
            samples.AVERY, id=furnished.person_id, names=(PersonName("Blair", "Otherling"),),
            phones=(ContactPoint("+493023125042"),)))
    with store.reading() as session:
        assert search.people(session, "nguyen", most=20) == ()
        assert search.people(session, "otherling", most=20) == (furnished.person_id,)
        assert search.people(session, "030 23125042", most=20) == (furnished.person_id,)
        assert people.names_of(session, [furnished.person_id, "P-OTHER"]) == {
            furnished.person_id: "Blair Otherling"}


def test_of_many_people_no_more_are_found_than_wanted(store: Store) -> None:
    with store.writing() as session:
        ids = [people.save(session, samples.AVERY).id for _ in range(4)]
    with store.reading() as session:
        assert search.people(session, "sample", most=2) == (ids[3], ids[2])
        assert search.people(session, "0142", most=9) == tuple(reversed(ids))


def claimed(found: Furnished, words: str) -> None:
    with found.store.writing() as session:
        request = requests.get(session, found.request_id)
        requests.update(session, replace(request, claim_words=words))


def told(found: Furnished, words: str) -> None:
    with found.store.writing() as session:
        seq = len(requests.events(session, found.request_id)) + 1
        requests.add_event(session, found.request_id, replace(samples.event(seq), detail=words))


def listed(found: Furnished, words: str) -> None:
    with found.store.writing() as session:
        exposures.add(session, Exposure(
            found.person_id, "acme-data", "https://example.com/p", samples.DAY, words))


def reminded(found: Furnished, words: str) -> None:
    with found.store.writing() as session:
        task = replace(samples.follow_up(found.request_id), kind=FollowUpKind.OWN_REMINDER,
                       why=words)
        followups.add(session, task, at=samples.NOW)


def proved(found: Furnished, words: str) -> None:
    with found.store.writing() as session:
        evidence.add(session, Evidence(
            "E-7K3M9QACDE", found.request_id, EvidenceKind.LOOK, words, "image/png",
            "00" * 32, 1, samples.DAY), "e.sealed", "owner")


@pytest.mark.parametrize(("kind", "write"), [
    ("claim", claimed), ("note", told), ("listing", listed), ("task", reminded),
    ("proof", proved)])
def test_what_someone_wrote_is_found(
    furnished: Furnished, kind: str, write: Callable[[Furnished, str], None],
) -> None:
    store = furnished.store
    assert kinds(store, "blue heron") == []
    write(furnished, "The blue herons were gone.")
    assert kinds(store, "heron BLUE") == [kind]
    with store.reading() as session:
        (found,) = search.notes(session, "heron", most=20)
    assert found.person_id == furnished.person_id
    assert found.broker_id == "acme-data"
    assert found.request_id == ("" if kind == "listing" else furnished.request_id)
    assert "blue herons" in found.words


def test_words_that_changed_or_went_are_found_no_more(furnished: Furnished) -> None:
    store = furnished.store
    claimed(furnished, "A red kite")
    claimed(furnished, "A grey kite")
    assert (kinds(store, "red"), kinds(store, "grey")) == ([], ["claim"])
    claimed(furnished, "")
    assert kinds(store, "kite") == []
    listed(furnished, "A black swan")
    with store.writing() as session:
        session.execute(sa.text("UPDATE exposure SET note = 'A white swan'"))
    assert (kinds(store, "black"), kinds(store, "white")) == ([], ["listing"])
    with store.writing() as session:
        session.execute(sa.text("DELETE FROM exposure"))
    assert kinds(store, "swan") == []
    with store.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(NoteTextRow)) == 0


def test_an_undone_number_and_a_plain_task_are_no_words(furnished: Furnished) -> None:
    with furnished.store.writing() as session:
        requests.add_event(session, furnished.request_id,
                           replace(samples.event(), event=Event.UNDO, detail="1"))
        followups.add(session, samples.follow_up(furnished.request_id), at=samples.NOW)
        assert session.scalar(sa.select(sa.func.count()).select_from(NoteTextRow)) == 0


def test_references_are_found_by_their_beginning(furnished: Furnished) -> None:
    with furnished.store.writing() as session:
        documents.add(session, Document(
            "D-7K3M9Q", furnished.request_id, DocumentKind.LETTER, "a.pdf", "application/pdf",
            "", samples.DAY), "D-1.sealed", "")
        assert [row.id for row in search.requests(session, "OPT-7K", most=5)] == ["OPT-7K3M9Q"]
        assert search.requests(session, "OPT-7L", most=5) == ()
        (paper,) = search.papers(session, "D-7K3M", most=5)
        assert (paper.id, paper.request_id) == ("D-7K3M9Q", furnished.request_id)


def next_on(found: Furnished) -> object:
    with found.store.reading() as session:
        return session.scalar(
            sa.select(RequestRow.next_on).where(RequestRow.id == found.request_id))


def test_the_next_date_of_a_request_follows_its_tasks(furnished: Furnished) -> None:
    of, later = furnished.request_id, samples.DAY + timedelta(days=9)
    assert next_on(furnished) is None
    with furnished.store.writing() as session:
        followups.add(session, samples.follow_up(of, 1, later), at=samples.NOW)
        followups.add(session, samples.follow_up(of, 2), at=samples.NOW)
    assert next_on(furnished) == samples.DAY
    with furnished.store.writing() as session:
        followups.claim(session, "F-000002", FollowUpState.WAITING, FollowUpState.RAISED,
                        at=samples.NOW)
    assert next_on(furnished) == samples.DAY
    with furnished.store.writing() as session:
        followups.claim(session, "F-000002", FollowUpState.RAISED, FollowUpState.DONE,
                        at=samples.NOW)
    assert next_on(furnished) == later
    with furnished.store.writing() as session:
        followups.move(session, "F-000001", samples.DAY, "", FollowUpState.WAITING,
                       at=samples.NOW)
    assert next_on(furnished) == samples.DAY
    with furnished.store.writing() as session:
        session.execute(sa.text("DELETE FROM follow_up"))
    assert next_on(furnished) is None


def test_people_come_a_page_at_a_time_in_the_order_of_their_names(store: Store) -> None:
    with store.writing() as session:
        for given in ("Cleo", "Avery", "Blair"):
            people.save(session, replace(samples.AVERY, names=(PersonName(given, "Sample"),)))
    with store.reading() as session:
        first = people.page(session, most=2)
        rest = people.page(session, first[-1].id, most=2)
        assert [one.main_name.given for one in (*first, *rest)] == ["Avery", "Blair", "Cleo"]
        assert people.page(session, rest[-1].id, most=2) == ()
        assert people.only(session) == ""
