"""What was checked a moment ago is not checked again, unless anything at all has changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.errors import GateClosed, Refused
from optout.domain.person import Person, PersonName
from optout.domain.words import NameKind
from optout.services import batches, letters, people, plans, requests, signatures, stored
from optout.services.checked import Checked
from optout.services.desk import Desk
from optout.services.letters import Prepared
from optout.services.unsent import require_still_right
from optout.store import signatures as signature_rows
from tests.conftest import MONDAY
from tests.documents import foreign_pictures as pictures
from tests.factories import safe_at_risk
from tests.services.post import post_requests


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The requests that were checked once more, as they come."""
    seen = list[str]()

    def noted(*given: object) -> None:
        seen.append(str(given[2].id))  # type: ignore[attr-defined]  # the third is the request
        require_still_right(*given)  # type: ignore[arg-type]  # as they came

    monkeypatch.setattr(stored, "require_still_right", noted)
    return seen


@pytest.fixture
def prepared(desk: Desk, avery: Person) -> Prepared:
    """Two letters, made just now."""
    post_requests(desk, avery, 2)
    return letters.prepare(desk, avery.id, actor=OWNER)


def out_of(desk: Desk) -> Path:
    """The folder to write into."""
    return desk.settings.instance.parent / "written"


def written(desk: Desk, made: Prepared) -> int:
    """How many files there are after writing them."""
    out = out_of(desk)
    letters.write_documents(desk, made.documents, out, checked=made.checked)
    return len(list(out.iterdir()))


def test_what_was_made_in_the_same_go_is_not_checked_again(
    desk: Desk, avery: Person, prepared: Prepared, asked: list[str], tmp_path: Path
) -> None:
    assert written(desk, prepared) == 2
    pile = batches.pile_of(desk, avery.id, checked=prepared.checked)
    batches.batch_pdf(desk, avery.id, pile=pile)
    assert asked == []
    letters.write_documents(desk, prepared.documents, tmp_path / "b")
    assert len(asked) == 2, "another call, which knows of nothing"
    same = {path.name: path.read_bytes() for path in out_of(desk).iterdir()}
    assert same == {path.name: path.read_bytes() for path in (tmp_path / "b").iterdir()}


def test_what_was_prepared_before_is_checked_once(
    desk: Desk, avery: Person, prepared: Prepared, asked: list[str]
) -> None:
    again = letters.prepare(desk, avery.id, actor=OWNER)
    assert again.documents == prepared.documents
    assert len(asked) == 2
    assert written(desk, again) == 2
    assert len(asked) == 2


def test_a_pile_is_checked_once_for_all_that_is_made_of_it(
    desk: Desk, avery: Person, prepared: Prepared, asked: list[str]
) -> None:
    pile = batches.pile_of(desk, avery.id)
    assert len(asked) == len(prepared.documents)
    batches.batch_pdf(desk, avery.id, pile=pile)
    assert len(asked) == len(prepared.documents)


Change = Callable[[Desk, Person, HandClock], object]


@pytest.mark.parametrize("change", [
    lambda desk, person, _: people.update_person(
        desk, replace(person, language="es"), actor=OWNER),
    lambda desk, person, _: plans.answer_gate(
        desk, person.id, "home-address-shown", scope="slow-post", accepted=True, actor=OWNER),
    lambda _desk, _person, clock: clock.forward(days=1),
    lambda desk, _person, _clock: desk.library.__dict__.update(
        registry=replace_registry(desk)),
], ids=["the person", "an answer", "the day", "the registry"])
def test_any_change_has_everything_checked_again(
    desk: Desk, prepared: Prepared, asked: list[str], clock: HandClock, change: Change
) -> None:
    person = prepared.checked.around.person.id
    change(desk, people.get_person(desk, person), clock)
    assert written(desk, prepared) == 2
    assert len(asked) == 2


def replace_registry(desk: Desk) -> object:
    """The same brokers, read anew."""
    return type(desk.registry)(dict(desk.registry.brokers), desk.registry.checked)


def test_a_request_that_moved_on_has_its_document_checked_again(
    desk: Desk, prepared: Prepared, asked: list[str]
) -> None:
    moved = prepared.documents[0].request_id
    requests.mark(desk, moved, "undo", actor=OWNER)
    asked.clear()
    assert written(desk, prepared) == 2
    assert asked == [moved]


def test_a_danger_that_appears_between_two_files_of_one_go_stops_the_second_go(
    desk: Desk, avery: Person, prepared: Prepared
) -> None:
    pile = batches.pile_of(desk, avery.id, checked=prepared.checked)
    people.update_person(desk, replace(
        avery, at_risk=True, reply_email="avery.sample@example.com"), actor=OWNER)
    with pytest.raises(GateClosed):
        written(desk, prepared)
    with pytest.raises(GateClosed):
        batches.batch_pdf(desk, avery.id, pile=pile)
    assert not list(out_of(desk).iterdir())


def test_a_document_of_another_day_is_checked_again(
    desk: Desk, avery: Person, asked: list[str]
) -> None:
    post_requests(desk, avery, 1)
    made = letters.prepare(desk, avery.id, actor=OWNER, on=MONDAY - timedelta(days=1))
    assert made.checked.requests == {}
    assert written(desk, made) == 1
    assert len(asked) == 1


def test_the_midnight_between_two_files_is_noticed(
    desk: Desk, prepared: Prepared, asked: list[str], clock: HandClock
) -> None:
    shelf = stored.Shelf(desk, prepared.checked)
    first, second = (document.id for document in prepared.documents)
    shelf.read(first)
    assert asked == []
    clock.forward(days=1)
    shelf.read(second)
    assert len(asked) == 1


def test_someone_elses_documents_are_checked(
    desk: Desk, prepared: Prepared, asked: list[str]
) -> None:
    other = people.add_person(desk, safe_at_risk(), actor=OWNER)
    with desk.store.reading() as session:
        around = plans.circumstances_of(session, other)
    checked = Checked.now(desk, around)
    stored.Shelf(desk, checked).read(prepared.documents[0].id)
    assert len(asked) == 1
    assert checked.requests == {}, "nothing of one person is vouched for under another’s name"


def test_a_signature_is_no_reason_to_refuse_the_letter_that_bears_it(
    desk: Desk, avery: Person
) -> None:
    unused = PersonName("Former", "Sample", kind=NameKind.DO_NOT_USE)
    people.update_person(desk, replace(avery, names=(*avery.names, unused)), actor=OWNER)
    signatures.keep_signature(desk, avery.id, pictures.signature_scan(), actor=OWNER)
    post_requests(desk, avery, 1)
    made = letters.prepare(desk, avery.id, actor=OWNER)
    (signed,) = made.documents
    for checked in (made.checked, None):
        assert stored.Shelf(desk, checked).read(signed.id).content
    (row,) = _signatures(desk)
    kept = desk.files.get(row)
    desk.files.delete(row)
    with pytest.raises(Refused, match="other details"):
        stored.Shelf(desk).read(signed.id)
    desk.files.put(row, kept[::-1])
    with pytest.raises(Refused, match="other details"):
        stored.Shelf(desk).read(signed.id)


def test_a_signature_kept_since_is_none_either(desk: Desk, avery: Person) -> None:
    unused = PersonName("Former", "Sample", kind=NameKind.DO_NOT_USE)
    people.update_person(desk, replace(avery, names=(*avery.names, unused)), actor=OWNER)
    post_requests(desk, avery, 1)
    (plain,) = letters.generate(desk, avery.id, actor=OWNER)
    signatures.keep_signature(desk, avery.id, pictures.signature_scan(), actor=OWNER)
    assert stored.Shelf(desk).read(plain.id).content


def _signatures(desk: Desk) -> list[str]:
    """The names of the sealed files that hold one."""
    with desk.store.reading() as session:
        return sorted(signature_rows.sealed_names(session))
