"""Attempts to get a draft for counsel sent, a home into it, or one of it into a bulk action."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.document import CounselDraft, Document
from optout.domain.document_words import DocumentKind, Purpose
from optout.domain.errors import ForbiddenEvent, GateClosed, NotFound, Refused
from optout.domain.later import LATER_PURPOSES
from optout.domain.person import Person
from optout.domain.places import PersonAddress, PostalAddress, Residence
from optout.domain.request import RequestFile
from optout.domain.words import Channel, Event, Fact, FollowUpKind, GateLevel, Right, Standing
from optout.planning.gates import DRAFTS
from optout.services import (
    batches,
    counsel,
    drafts,
    later_letters,
    ledger,
    letters,
    people,
    plans,
    requests,
)
from optout.services.counsel import Office
from optout.services.desk import Desk, Library
from optout.services.instance import Instance
from optout.services.later_files import later_documents_of
from optout.settings import Settings
from optout.vault.keyfile import CHEAP
from tests.conftest import SAMPLES
from tests.everyone import requests_of
from tests.factories import HOME, californian, safe_at_risk

AGENCY, TWIN, BROKER = "ice", "cbp", "quick-mail"
OFFICE = Office("Robin Sample", PostalAddress(("1 Invented Plaza",), "Oakland", "US", "CA",
                                              "94612"), "Sample Legal Clinic")
STREET = HOME.lines[0]
REGISTRY = SAMPLES / "services" / "agency.yaml"


@pytest.fixture
def desk(tmp_path: Path, clock: HandClock) -> Iterator[Desk]:
    """An opened folder over a registry with two agencies."""
    settings = Settings(instance=tmp_path / "instance")
    instance = Instance(settings, clock, Library(settings, brokers_file=REGISTRY), cost=CHEAP)
    yield instance.create("seven quiet otters under a bridge")
    instance.lock()


@pytest.fixture
def avery(desk: Desk) -> Person:
    """A Californian for whom drafts are off."""
    return people.add_person(desk, californian(), actor=OWNER)


@pytest.fixture
def willing(desk: Desk, avery: Person) -> Person:
    """The same, with drafts switched on and every other question answered with yes."""
    return switched_on(desk, avery)


def switched_on(desk: Desk, person: Person) -> Person:
    """Switch drafts on for a person, and answer what is asked before one."""
    yes(desk, person, DRAFTS)
    for broker in (AGENCY, TWIN):
        for gate in drafts.planned_draft(desk, person.id, broker).gates:
            if gate.level is GateLevel.CONFIRM:
                yes(desk, person, gate.id, gate.scope)
    return person


def yes(desk: Desk, person: Person, gate: str, scope: str = "") -> None:
    """Answer a question with yes."""
    plans.answer_gate(desk, person.id, gate, scope=scope, accepted=True, actor=OWNER)


def made(desk: Desk, person: Person, broker: str = AGENCY) -> RequestFile:
    """One draft, made as its page makes it."""
    return drafts.make_draft(desk, person.id, broker, actor=OWNER)


def paper(desk: Desk, file: RequestFile) -> tuple[Document, str]:
    """The document of a draft, and its text."""
    document = letters.read_document(desk, letters.documents_of(desk, file.request.id)[-1].id)
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(document.content)).pages)
    return document, " ".join(text.split())


# A draft while the switch is off


def test_nothing_is_made_while_drafts_are_off(desk: Desk, avery: Person) -> None:
    with pytest.raises(GateClosed) as error:
        made(desk, avery)
    assert {"government-system", DRAFTS} <= set(error.value.gates)
    assert requests_of(desk, avery.id) == ()


def test_a_yes_to_the_block_opens_nothing(desk: Desk, avery: Person) -> None:
    with pytest.raises(Refused):
        yes(desk, avery, "government-system", AGENCY)


def test_a_switch_that_was_turned_off_again_holds(desk: Desk, willing: Person) -> None:
    plans.answer_gate(desk, willing.id, DRAFTS, accepted=False, actor=OWNER)
    with pytest.raises(GateClosed):
        made(desk, willing)


def test_the_switch_of_one_person_is_not_that_of_another(desk: Desk, willing: Person) -> None:
    other = people.add_person(desk, californian(), actor=OWNER)
    with pytest.raises(GateClosed):
        made(desk, other)
    assert made(desk, willing).request.person_id == willing.id


def test_a_draft_waits_again_when_the_switch_is_off_before_it_is_handed_out(
    desk: Desk, willing: Person
) -> None:
    file = made(desk, willing)
    plans.answer_gate(desk, willing.id, DRAFTS, accepted=False, actor=OWNER)
    with pytest.raises(GateClosed):
        letters.hand_over(desk, file.request.id)


# A draft in a bulk action


@pytest.mark.parametrize("brokers", [(AGENCY,), (BROKER, AGENCY), (AGENCY, TWIN)])
def test_making_requests_never_makes_a_draft(
    desk: Desk, willing: Person, brokers: tuple[str, ...]
) -> None:
    with pytest.raises(Refused, match="alone"):
        requests.create_requests(desk, willing.id, brokers, actor=OWNER)
    assert requests_of(desk, willing.id) == ()


@pytest.mark.parametrize("brokers", [(BROKER, AGENCY), (AGENCY, TWIN)])
def test_even_on_purpose_a_draft_is_made_alone(
    desk: Desk, willing: Person, brokers: tuple[str, ...]
) -> None:
    with pytest.raises(Refused, match="alone"):
        requests.create_requests(desk, willing.id, brokers, actor=OWNER, for_counsel=True)


def test_a_broker_is_no_draft(desk: Desk, willing: Person) -> None:
    with pytest.raises(Refused, match="no system of a public agency"):
        drafts.make_draft(desk, willing.id, BROKER, actor=OWNER)
    with pytest.raises(Refused, match="no system of a public agency"):
        drafts.planned_draft(desk, willing.id, BROKER)
    with pytest.raises(NotFound):
        drafts.make_draft(desk, willing.id, "nobody", actor=OWNER)


def test_preparing_everything_leaves_drafts_out(desk: Desk, willing: Person) -> None:
    (file,) = requests.create_requests(desk, willing.id, (AGENCY,), actor=OWNER, for_counsel=True)
    (mail,) = requests.create_requests(desk, willing.id, (BROKER,), actor=OWNER)
    done = letters.generate(desk, willing.id, actor=OWNER)
    assert [document.request_id for document in done] == [mail.request.id]
    both = (mail.request.id, file.request.id)
    for act in (lambda: letters.generate(desk, willing.id, request_ids=both, actor=OWNER),
                lambda: letters.zip_of(desk, both)):
        with pytest.raises(Refused, match="alone"):
            act()
    (draft,) = letters.generate(desk, willing.id, request_ids=(file.request.id,), actor=OWNER)
    assert draft.kind is DocumentKind.COUNSEL_DRAFT
    assert b"".join(letters.zip_of(desk, [file.request.id]))


def test_nobody_is_asked_twice(desk: Desk, willing: Person) -> None:
    made(desk, willing)
    with pytest.raises(Refused, match="open"):
        made(desk, willing)


# A draft that is sent


def test_a_draft_is_a_marked_paper_without_any_way_to_send_it(
    desk: Desk, willing: Person
) -> None:
    file = made(desk, willing)
    document, text = paper(desk, file)
    assert document.kind is DocumentKind.COUNSEL_DRAFT
    assert document.media_type == "application/pdf"
    assert document.file_name == f"{file.request.id}-draft-for-counsel.pdf"
    assert document.mailto == ""
    assert b"mailto:" not in document.content
    assert b"/URI" not in document.content
    assert "DRAFT FOR COUNSEL – not sent, not to be sent by the program" in text
    for mine in (willing.reply_email, willing.emails[0].value, "PO Box 0", STREET):
        assert mine not in text, "answers go to counsel, and the home stays out"
    hand_over = letters.hand_over(desk, file.request.id)
    assert (hand_over.title, hand_over.link) == ("Give it to your lawyer", "")
    assert isinstance(letters.compose(desk, file.request.id), CounselDraft)


def test_one_draft_under_both_acts_says_nothing_about_who_the_person_is(
    desk: Desk, willing: Person
) -> None:
    abroad = switched_on(desk, people.add_person(
        desk, replace(californian(), residences=(Residence("DE"),)), actor=OWNER))
    texts = []
    for person in (willing, abroad):
        file = made(desk, person)
        assert [footing.law for footing in file.request.footings] == ["us-federal-foia"]
        texts.append(paper(desk, file)[1].replace(file.request.id, "OPT-"))
    assert texts[0] == texts[1]
    assert "so far as it applies, the Privacy Act of 1974 (5 U.S.C. § 552a(d)(1))" in texts[0]


def test_nobody_marks_a_draft_as_sent(desk: Desk, willing: Person) -> None:
    file = made(desk, willing)
    with pytest.raises(Refused, match="never sends"):
        requests.mark(desk, file.request.id, Event.MARK_SENT, actor=OWNER)
    with pytest.raises(Refused, match="No lawyer is named"):
        drafts.filed(desk, file.request.id, actor=OWNER)
    assert requests.get_request(desk, file.request.id).request.standing is Standing.READY
    assert ledger.disclosures(desk, willing.id) == ()


def test_counsel_who_is_named_files_it(desk: Desk, willing: Person) -> None:
    counsel.set_counsel(desk, willing.id, OFFICE, actor=OWNER)
    file = drafts.filed(desk, made(desk, willing).request.id, number="2026-1", actor=OWNER)
    assert file.request.standing is Standing.SENT
    assert file.events[-1].detail == "2026-1"
    assert {line.fact for line in ledger.disclosures(desk, willing.id)} == {Fact.FULL_NAME}
    assert [one.law for one in file.dates] == ["us-federal-foia"]


def test_no_letter_follows_a_draft_whatever_came_back_and_whatever_it_is_called(
    desk: Desk, willing: Person, clock: HandClock, tmp_path: Path
) -> None:
    counsel.set_counsel(desk, willing.id, OFFICE, actor=OWNER)
    made_id = drafts.filed(desk, made(desk, willing).request.id, actor=OWNER).request.id
    requests.mark(desk, made_id, Event.REFUSE, actor=OWNER)
    clock.forward(days=400)
    renamed = tmp_path / "renamed.yaml"
    renamed.write_text(REGISTRY.read_text("utf-8").replace("government_system", "broker"), "utf-8")
    after = replace(desk, library=Library(desk.settings, brokers_file=renamed))
    for now in (desk, after):
        later_letters.answer_gates(now, made_id, Purpose.COMPLAINT, actor=OWNER)
        assert all("for counsel" in one.unmet for one in later_letters.offers_of(now, made_id))
        for purpose in LATER_PURPOSES:
            for channel in (None, Channel.POSTAL_MAIL, Channel.EMAIL, Channel.WEB_FORM):
                with pytest.raises(Refused):
                    later_letters.write_later(now, made_id, purpose, channel=channel, actor=OWNER)
        with pytest.raises((NotFound, Refused)):
            batches.batch_pdf(now, willing.id, (made_id,))
    assert later_documents_of(desk, made_id) == ()


def test_a_draft_that_has_no_document_is_not_sent_either(desk: Desk, willing: Person) -> None:
    (file,) = requests.create_requests(desk, willing.id, (AGENCY,), actor=OWNER, for_counsel=True)
    with pytest.raises((Refused, ForbiddenEvent)):
        requests.mark(desk, file.request.id, Event.MARK_SENT, actor=OWNER)


def test_nobody_is_reminded_to_send_a_draft(desk: Desk, willing: Person) -> None:
    file = made(desk, willing)
    kinds = {task.kind for task in file.follow_ups}
    assert FollowUpKind.PREPARED_NOT_SENT not in kinds


def test_an_entry_that_is_renamed_to_a_broker_leaves_its_draft_a_draft(
    desk: Desk, willing: Person, tmp_path: Path
) -> None:
    file = made(desk, willing)
    renamed = tmp_path / "renamed.yaml"
    renamed.write_text(REGISTRY.read_text("utf-8").replace("government_system", "broker"), "utf-8")
    after = replace(desk, library=Library(desk.settings, brokers_file=renamed))
    assert drafts.is_draft(after, file.request)
    with pytest.raises(Refused, match="never sends"):
        requests.mark(after, file.request.id, Event.MARK_SENT, actor=OWNER)
    with pytest.raises(Refused):
        letters.read_document(after, letters.documents_of(after, file.request.id)[-1].id)


@pytest.mark.parametrize("channel", list(Channel))
def test_no_channel_turns_a_draft_into_a_letter(
    desk: Desk, willing: Person, channel: Channel
) -> None:
    if channel is Channel.PORTAL:
        return
    with pytest.raises(Refused):
        requests.create_requests(desk, willing.id, (AGENCY,), channel=channel, actor=OWNER,
                                 for_counsel=True)


def test_no_right_turns_a_draft_into_an_opt_out(desk: Desk, willing: Person) -> None:
    for right in (Right.DELETE, Right.OPT_OUT_OF_SALE):
        with pytest.raises(Refused):
            requests.create_requests(desk, willing.id, (AGENCY,), right=right, actor=OWNER,
                                     for_counsel=True)


# A home in a draft


def test_a_home_stands_in_a_draft_only_while_counsel_lets_it(
    desk: Desk, willing: Person
) -> None:
    counsel.set_counsel(desk, willing.id, OFFICE, actor=OWNER)
    file = made(desk, willing)
    document, text = paper(desk, file)
    assert STREET not in text
    assert "Robin Sample" in text
    assert "1 Invented Plaza" in text
    counsel.set_counsel(desk, willing.id, replace(OFFICE, may_show_home=True), actor=OWNER)
    with pytest.raises(Refused):
        letters.read_document(desk, document.id)  # what was made before says something else
    requests.mark(desk, file.request.id, Event.UNDO, actor=OWNER)
    answered(desk, willing)
    letters.generate(desk, willing.id, request_ids=(file.request.id,), actor=OWNER)
    document, text = paper(desk, file)
    assert STREET in text
    for forget in (lambda: counsel.set_counsel(desk, willing.id, OFFICE, actor=OWNER),
                   lambda: counsel.remove_counsel(desk, willing.id, actor=OWNER)):
        forget()
        with pytest.raises(Refused):
            letters.read_document(desk, document.id)
        with pytest.raises(Refused):
            letters.hand_over(desk, file.request.id)


def answered(desk: Desk, person: Person) -> None:
    """Answer what the plan asks once a home may stand in a draft."""
    around = plans.plan_for(desk, person.id, brokers=(TWIN,)).actions
    for gate in (gate for action in around for gate in action.gates):
        if gate.level is GateLevel.CONFIRM:
            yes(desk, person, gate.id, AGENCY if gate.scope else "")


def test_the_counsel_of_another_person_lets_nothing_in(desk: Desk, willing: Person) -> None:
    other = people.add_person(desk, californian(), actor=OWNER)
    counsel.set_counsel(desk, other.id, replace(OFFICE, may_show_home=True), actor=OWNER)
    _, text = paper(desk, made(desk, willing))
    assert STREET not in text
    assert "Robin Sample" not in text


def test_a_home_at_risk_stays_out_whatever_counsel_confirmed(desk: Desk) -> None:
    person = switched_on(desk, people.add_person(desk, replace(safe_at_risk(), addresses=(
        PersonAddress(HOME, current=True),)), actor=OWNER))
    counsel.set_counsel(desk, person.id, replace(OFFICE, may_show_home=True), actor=OWNER)
    _, text = paper(desk, made(desk, person))
    assert STREET not in text
    assert "risk" not in text
