"""A document is handed out as it was made, and only as long as it is right and safe."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.document_words import DocumentKind
from optout.domain.errors import ForbiddenEvent, GateClosed, NotFound, Refused
from optout.domain.person import Person, PersonName
from optout.domain.places import PersonAddress
from optout.domain.words import Fact, NameKind, Sensitivity, Standing
from optout.registry.registry import Registry
from optout.services import letters, people, plans, requests
from optout.services.desk import Desk
from tests.conftest import MONDAY
from tests.everyone import every_request, requests_of
from tests.factories import HOME, californian, safe_at_risk
from tests.services.lettered import generate


@pytest.mark.usefixtures("drafts")
def test_what_was_rendered_is_given_back_unchanged(
    desk: Desk, avery: Person, clock: HandClock
) -> None:
    first = letters.generate(desk, avery.id, actor=OWNER)
    read = [letters.read_document(desk, document.id) for document in first]
    clock.forward(days=30)
    people.update_person(desk, replace(avery, names=(PersonName("Ava", "Other"),)), actor=OWNER)
    assert letters.generate(desk, avery.id, actor=OWNER) == first
    assert len(desk.files.names()) == len(first)
    assert [letters.read_document(desk, document.id) for document in first] == read


def test_what_left_is_given_back_by_its_number_and_not_unasked(
    desk: Desk, avery: Person, drafts: list[str]
) -> None:
    made = generate(desk, avery)
    requests.mark(desk, drafts[0], "mark_sent", actor=OWNER)
    assert set(generate(desk, avery)) == {DocumentKind.LETTER, DocumentKind.FORM_SHEET}
    again = letters.generate(desk, avery.id, request_ids=[drafts[0].lower()], actor=OWNER)
    assert again == (replace(made[DocumentKind.EMAIL], content=b""),)


def test_what_came_back_is_prepared_anew_beside_the_old_one(
    desk: Desk, avery: Person, drafts: list[str]
) -> None:
    generate(desk, avery)
    for event in ("mark_sent", "bounce"):
        requests.mark(desk, drafts[0], event, actor=OWNER)
    (second,) = letters.generate(desk, avery.id, request_ids=[drafts[0]], actor=OWNER)
    assert second.file_name == f"{drafts[0]}-email-2.eml"
    assert b".2@example.com>" in letters.read_document(desk, second.id).content
    assert len(letters.documents_of(desk, drafts[0])) == 2
    assert letters.generate(desk, avery.id, request_ids=[drafts[0]], actor=OWNER) == (second,)


def test_what_left_without_a_document_has_none_to_make(
    desk: Desk, avery: Person, drafts: list[str]
) -> None:
    requests.mark(desk, drafts[2], "mark_sent", actor=OWNER)
    with pytest.raises(ForbiddenEvent):
        letters.generate(desk, avery.id, request_ids=[drafts[2]], actor=OWNER)
    with pytest.raises(NotFound):
        letters.generate(desk, avery.id, request_ids=["OPT-222222"], actor=OWNER)
    with pytest.raises(NotFound):
        letters.generate(desk, "P-222222", actor=OWNER)


@pytest.mark.usefixtures("drafts")
def test_at_risk_nothing_is_generated_until_the_reply_identity_is_safe(
    desk: Desk, avery: Person
) -> None:
    people.update_person(desk, replace(avery, at_risk=True, reply_email="", reply_address=None),
                         actor=OWNER)
    with pytest.raises(GateClosed) as caught:
        letters.generate(desk, avery.id, actor=OWNER)
    assert "reply-identity-missing" in caught.value.gates
    with pytest.raises(GateClosed):
        letters.compose(desk, every_request(desk)[0].request.id)
    assert desk.files.names() == ()


def test_what_was_made_before_the_danger_is_not_handed_out_in_it(
    desk: Desk, avery: Person, drafts: list[str]
) -> None:
    first = generate(desk, avery)
    endangered = replace(avery, at_risk=True, reply_email="avery.sample@example.com")
    people.update_person(desk, endangered, actor=OWNER)
    with pytest.raises(GateClosed):
        generate(desk, avery)
    safe = replace(endangered, reply_email="heron.lake@example.net", reply_address=None)
    people.update_person(desk, safe, actor=OWNER)
    requests.mark(desk, drafts[2], "undo", actor=OWNER)
    (again,) = letters.generate(desk, avery.id, request_ids=[drafts[2]], actor=OWNER)
    assert b"heron.lake@example.net" in letters.read_document(desk, again.id).content
    assert again.sha256 != first[DocumentKind.FORM_SHEET].sha256


@pytest.mark.parametrize("broker", ["quick-mail", "slow-post", "form-first"])
def test_a_safe_mailbox_set_later_does_not_make_an_earlier_document_safe(
    desk: Desk, broker: str
) -> None:
    careless = replace(safe_at_risk(), at_risk=False, reply_email="avery.sample@example.com")
    person = people.add_person(desk, careless, actor=OWNER)
    (file,) = requests.create_requests(desk, person.id, [broker], actor=OWNER)
    (unsafe,) = letters.generate(desk, person.id, actor=OWNER)
    people.update_person(desk, replace(safe_at_risk(), id=person.id), actor=OWNER)
    for hand_out in (lambda: letters.generate(desk, person.id, actor=OWNER),
                     lambda: letters.read_document(desk, unsafe.id),
                     lambda: letters.zip_of(desk, [file.request.id]),
                     lambda: letters.hand_over(desk, file.request.id)):
        with pytest.raises(Refused):
            hand_out()


@pytest.mark.parametrize("broker", ["quick-mail", "form-first"])
def test_what_is_still_right_is_handed_out_in_danger_days_later(
    desk: Desk, avery: Person, clock: HandClock, broker: str
) -> None:
    (before,) = requests.create_requests(desk, avery.id, [broker], actor=OWNER)
    for event in ("mark_sent", "withdraw"):  # from then on they know what it carried
        requests.mark(desk, before.request.id, event, actor=OWNER)
    safe = replace(safe_at_risk(), id=avery.id,
                   addresses=(PersonAddress(HOME, current=True, substitute=True),))
    people.update_person(desk, safe, actor=OWNER)
    (file,) = requests.create_requests(desk, avery.id, [broker], actor=OWNER)
    (made,) = letters.generate(desk, avery.id, actor=OWNER)
    clock.forward(days=5)
    assert letters.generate(desk, avery.id, actor=OWNER) == (made,)
    content = letters.read_document(desk, made.id).content
    assert b"".join(letters.zip_of(desk, [file.request.id]))
    requests.mark(desk, file.request.id, "mark_sent", actor=OWNER)
    people.update_person(desk, replace(safe, reply_email="crane.pond@example.net"), actor=OWNER)
    assert letters.read_document(desk, made.id).content == content  # it left: it is history


def test_in_danger_nothing_is_handed_out_for_a_way_that_the_registry_lost(
    desk: Desk, avery: Person
) -> None:
    (file,) = requests.create_requests(desk, avery.id, ["quick-mail"], actor=OWNER)
    letters.generate(desk, avery.id, actor=OWNER)
    people.update_person(desk, replace(safe_at_risk(), id=avery.id), actor=OWNER)
    registry = desk.registry
    desk.library.__dict__["registry"] = Registry(
        {**registry.brokers, "quick-mail": replace(registry.get("quick-mail"), procedures=())},
        registry.checked)
    with pytest.raises(Refused, match="may not be safe any more"):
        letters.zip_of(desk, [file.request.id])


def test_a_way_that_the_registry_lost_is_said_so(
    desk: Desk, avery: Person, drafts: list[str]
) -> None:
    letters.generate(desk, avery.id, actor=OWNER)
    registry = desk.registry
    without = {**registry.brokers,
               "quick-mail": replace(registry.get("quick-mail"), procedures=())}
    desk.library.__dict__["registry"] = Registry(without, registry.checked)
    with pytest.raises(Refused, match="no longer has this way"):
        letters.hand_over(desk, drafts[0])
    del without["quick-mail"]
    desk.library.__dict__["registry"] = Registry(without, registry.checked)
    with pytest.raises(Refused, match="no way"):
        letters.compose(desk, drafts[0])
    sent = requests.mark(desk, drafts[0], "mark_sent", actor=OWNER)
    assert sent.request.standing is Standing.SENT


def test_an_answer_that_was_taken_back_holds_what_was_prepared(desk: Desk) -> None:
    person = people.add_person(
        desk, replace(californian(), reply_email="", reply_address=None), actor=OWNER)

    def say(*, accepted: bool) -> None:
        plans.answer_gate(desk, person.id, "reply-identity-missing", accepted=accepted,
                          actor=OWNER)

    say(accepted=True)
    file, = requests.create_requests(desk, person.id, ["quick-mail"], actor=OWNER)
    document, = letters.generate(desk, person.id, actor=OWNER)
    assert letters.read_document(desk, document.id).sha256 == document.sha256
    say(accepted=False)
    for way_out in (lambda: letters.read_document(desk, document.id),
                    lambda: letters.hand_over(desk, file.request.id),
                    lambda: letters.zip_of(desk, [file.request.id]),
                    lambda: letters.generate(desk, person.id, actor=OWNER)):
        with pytest.raises(GateClosed, match="mailbox"):
            way_out()


def test_a_name_that_is_not_to_be_used_any_more_is_not_handed_out(
    desk: Desk, avery: Person
) -> None:
    requests.create_requests(desk, avery.id, ["quick-mail"], actor=OWNER)
    document, = letters.generate(desk, avery.id, actor=OWNER)
    old = replace(avery.names[0], kind=NameKind.DO_NOT_USE)
    people.update_person(
        desk, replace(avery, names=(PersonName("Robin", "Sample"), old)), actor=OWNER)
    with pytest.raises(Refused, match="other details"):
        letters.read_document(desk, document.id)
    people.update_person(desk, replace(avery, phones=()), actor=OWNER)
    assert letters.read_document(desk, document.id).sha256 == document.sha256


@pytest.mark.parametrize("hidden", [
    {"sensitivity": Sensitivity.NEVER_SEND}, {"valid_to": MONDAY}])
def test_an_address_that_stays_home_by_now_is_not_handed_out(
    desk: Desk, avery: Person, clock: HandClock, hidden: dict[str, Any]
) -> None:
    requests.create_requests(desk, avery.id, ["slow-post"], actor=OWNER)
    document, = letters.generate(desk, avery.id, actor=OWNER)
    assert Fact.CURRENT_ADDRESS in requests_of(desk, avery.id)[0].request.facts
    clock.forward(days=1)
    assert letters.read_document(desk, document.id).sha256 == document.sha256
    home, *others = avery.addresses
    elsewhere = replace(home, address=replace(home.address, lines=("2 Imaginary Way",)))
    people.update_person(desk, replace(avery, addresses=(
        replace(home, current=False, **hidden), elsewhere, *others)), actor=OWNER)
    with pytest.raises(Refused, match="other details"):
        letters.read_document(desk, document.id)
