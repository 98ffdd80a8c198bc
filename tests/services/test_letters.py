"""Documents: a dress for each channel, made once, and made of what holds on the day."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from email import message_from_bytes
from email.policy import default

import pytest

from optout.domain.actor import OWNER
from optout.domain.document import FormSheet, Letter
from optout.domain.document_words import DocumentKind
from optout.domain.errors import NotFound, Refused
from optout.domain.person import Authorization, Person
from optout.domain.places import PersonAddress, Residence
from optout.domain.words import ActingAs, Event, Fact, FollowUpKind, Right, Standing
from optout.registry.registry import Registry
from optout.services import authority, letters, people, requests
from optout.services.desk import Desk
from tests.conftest import MONDAY
from tests.everyone import every_request
from tests.factories import HOME, new_yorker, safe_at_risk, virginian
from tests.services.agents import let_agent_ask
from tests.services.lettered import generate


def test_each_channel_gets_its_dress(desk: Desk, avery: Person, drafts: list[str]) -> None:
    made = generate(desk, avery)
    assert set(made) == set(DocumentKind) - {DocumentKind.COUNSEL_DRAFT}
    letter, mail, sheet = (made[kind] for kind in (
        DocumentKind.LETTER, DocumentKind.EMAIL, DocumentKind.FORM_SHEET))
    assert letter.content.startswith(b"%PDF")
    assert b"Avery Sample" in sheet.content
    message = message_from_bytes(mail.content, policy=default)
    assert message["To"] == "privacy@quickmail.example"
    assert message["From"].addresses[0].addr_spec == "optout.sample@example.com"
    assert message["Message-ID"] == f"<{drafts[0].lower()}.1@example.com>"
    assert drafts[0] in message["Subject"]
    assert {d.request_id for d in made.values()} == set(drafts)
    for document in made.values():
        assert document.file_name.startswith(document.request_id)
        assert document.sha256 == hashlib.sha256(document.content).hexdigest()
        assert document.made_on == MONDAY


def test_a_short_message_also_opens_by_a_link(desk: Desk) -> None:
    person = people.add_person(desk, new_yorker(), actor=OWNER)
    requests.create_requests(desk, person.id, ["quick-mail"], actor=OWNER)
    (mail,) = letters.generate(desk, person.id, actor=OWNER)
    assert mail.mailto.startswith("mailto:privacy@quickmail.example")
    assert replace(letters.read_document(desk, mail.id), content=b"") == mail


def test_a_prepared_request_is_ready_and_is_asked_about(
    desk: Desk, avery: Person, drafts: list[str]
) -> None:
    generate(desk, avery)
    for request_id in drafts:
        file = requests.get_request(desk, request_id)
        assert file.request.standing is Standing.READY
        assert [event.event for event in file.events] == [Event.PREPARE]
        assert [task.kind for task in file.follow_ups] == [FollowUpKind.PREPARED_NOT_SENT]


def test_a_preview_stores_nothing(desk: Desk, drafts: list[str]) -> None:
    assert isinstance(letters.compose(desk, drafts[0]), Letter)
    assert isinstance(letters.compose(desk, drafts[1]), Letter)
    assert isinstance(letters.compose(desk, drafts[2]), FormSheet)
    assert desk.files.names() == ()
    assert requests.get_request(desk, drafts[0]).events == ()


def test_a_letter_shows_the_reply_address_and_never_the_home_as_sender(
    desk: Desk, drafts: list[str]
) -> None:
    letter = letters.compose(desk, drafts[1])
    assert isinstance(letter, Letter)
    assert "PO Box 0" in letter.sender
    assert HOME.lines[0] not in " ".join(letter.sender)
    assert letter.recipient[:2] == ("Slow Post Holdings, Inc.", "1 Invented Plaza")
    mail = letters.compose(desk, drafts[0])
    assert isinstance(mail, Letter)
    assert "PO Box 0" not in " ".join(mail.sender)


def test_a_safe_person_at_risk_gets_a_sheet_without_home_or_mailbox(desk: Desk) -> None:
    person = people.add_person(desk, safe_at_risk(), actor=OWNER)
    requests.create_requests(desk, person.id, ["form-first"], actor=OWNER)
    sheet = generate(desk, person)[DocumentKind.FORM_SHEET]
    assert b"heron.lake@example.net" in sheet.content
    for secret in (b"Fictional Way", b"avery.sample@example.com", b"1985"):
        assert secret not in sheet.content


def test_a_draft_follows_the_person_until_it_is_prepared(
    desk: Desk, avery: Person, drafts: list[str]
) -> None:
    moved = replace(avery, addresses=(PersonAddress(
        replace(HOME, city="Oakland"), current=True),))
    people.update_person(desk, moved, actor=OWNER)
    made = generate(desk, avery, request_ids=[drafts[0]])
    assert b"Oakland" in made[DocumentKind.EMAIL].content
    assert b"San Francisco" not in made[DocumentKind.EMAIL].content


def test_a_right_that_was_lost_is_not_asserted(
    desk: Desk, avery: Person, drafts: list[str]
) -> None:
    people.update_person(desk, replace(new_yorker(), id=avery.id), actor=OWNER)
    with pytest.raises(Refused, match="Withdraw the request and make a new one"):
        generate(desk, avery, request_ids=[drafts[0]])
    assert letters.documents_of(desk, drafts[0]) == ()


@pytest.mark.parametrize(("codes", "shown"), [
    (("US-VA", "DE"), ["Virginia"]), (("US-NY", "DE"), ["New York", "Germany"]),
    (("DE",), ["Germany"])])
def test_a_letter_names_the_home_that_its_law_turns_on_and_no_other(
    desk: Desk, codes: tuple[str, ...], shown: list[str]
) -> None:
    registry = desk.registry
    quick = registry.get("quick-mail")
    asking = replace(quick, procedures=(replace(
        quick.procedures[0], needs=(Fact.FULL_NAME, Fact.STATE_OF_RESIDENCE)),))
    desk.library.__dict__["registry"] = Registry(
        {**registry.brokers, "quick-mail": asking}, registry.checked)
    person = people.add_person(desk, replace(
        virginian(), residences=tuple(map(Residence, codes))), actor=OWNER)
    right = Right.VOLUNTARY if "US-NY" in codes else None
    (file,) = requests.create_requests(desk, person.id, ["quick-mail"], right=right, actor=OWNER)
    letter = letters.compose(desk, file.request.id)
    assert isinstance(letter, Letter)
    lines = [line for text in letter.paragraphs for line in str(text).splitlines()]
    assert [line.split("\t")[1] for line in lines if line.startswith("Residence:")] == shown


@pytest.mark.parametrize(("home", "right", "courteous"), [
    ("US-NV", None, True), ("US-UT", None, True), ("US-UT", Right.OPT_OUT_OF_SALE, False),
    ("US-VA", None, False), ("US-VA", Right.OPT_OUT_OF_SALE, False)])
@pytest.mark.parametrize("broker", ["quick-mail", "form-first"])
def test_where_the_law_lets_one_only_opt_out_removal_is_asked_as_a_courtesy(
    desk: Desk, home: str, right: Right | None, broker: str, *, courteous: bool,
) -> None:
    person = people.add_person(desk, replace(
        virginian(), residences=(Residence(home),)), actor=OWNER)
    (file,) = requests.create_requests(desk, person.id, [broker], right=right, actor=OWNER)
    made = letters.compose(desk, file.request.id)
    words = made.statement if isinstance(made, FormSheet) else " ".join(map(str, made.paragraphs))
    assert ("As a courtesy" in words) is courteous


def test_an_agents_letter_names_the_agent(desk: Desk, avery: Person) -> None:
    authority.add_authorization(
        desk, Authorization("", avery.id, "Sample Legal Clinic", MONDAY), actor=OWNER)
    let_agent_ask(desk, avery, "slow-post")
    requests.create_requests(desk, avery.id, ["slow-post"], acting_as=ActingAs.AGENT, actor=OWNER)
    letter = letters.compose(desk, every_request(desk)[0].request.id)
    assert isinstance(letter, Letter)
    assert letter.signature == "Sample Legal Clinic"


def test_each_channel_says_what_to_do_now(desk: Desk, avery: Person, drafts: list[str]) -> None:
    with pytest.raises(NotFound):
        letters.hand_over(desk, drafts[0])
    made = {d.request_id: d.id for d in letters.generate(desk, avery.id, actor=OWNER)}
    for request_id in drafts:
        found = letters.hand_over(desk, request_id)
        assert found.steps
        assert found.document_id == made[request_id]
