"""Documents: rendered once, kept exactly as sent, written whole, never past a safeguard."""

from __future__ import annotations

import errno
import hashlib
import os
import time
import zipfile
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.document import Document, FormSheet, Letter
from optout.domain.document_words import DocumentKind
from optout.domain.errors import (
    DiskFull,
    ForbiddenEvent,
    GateClosed,
    InstanceUnusable,
    NotFound,
    Refused,
    Tampered,
    UnwritableText,
)
from optout.domain.person import Authorization, Person, PersonName
from optout.domain.places import PersonAddress, Residence
from optout.domain.words import (
    ActingAs,
    Event,
    Fact,
    FollowUpKind,
    NameKind,
    Right,
    Sensitivity,
    Standing,
)
from optout.registry.registry import Registry
from optout.services import (
    authority,
    housekeeping,
    letters,
    people,
    plans,
    rendering,
    requests,
)
from optout.services.desk import Desk
from optout.services.instance import Instance
from optout.vault.sealed import SealedFiles
from tests.conftest import MONDAY
from tests.everyone import every_request, requests_of
from tests.factories import HOME, californian, new_yorker, safe_at_risk, virginian
from tests.services.agents import let_agent_ask
from tests.services.conftest import PASSPHRASE, MakeInstance

ALL = ("quick-mail", "slow-post", "form-first")


@pytest.fixture
def drafts(desk: Desk, avery: Person) -> list[str]:
    """An e-mail, a letter and a form, not prepared yet."""
    made = requests.create_requests(desk, avery.id, ALL, actor=OWNER)
    return [file.request.id for file in made]


def generate(desk: Desk, person: Person, **how: Any) -> dict[DocumentKind, Document]:
    """What is generated, with its content."""
    made = letters.generate(desk, person.id, actor=OWNER, **how)
    return {d.kind: letters.read_document(desk, d.id) for d in made}


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


@pytest.mark.usefixtures("drafts")
def test_when_one_cannot_be_written_none_is_made(desk: Desk, avery: Person) -> None:
    people.update_person(desk, replace(avery, names=(PersonName("𒀀𒁀", "Sample"),)), actor=OWNER)
    with pytest.raises(UnwritableText) as caught:
        letters.generate(desk, avery.id, actor=OWNER)
    assert any("CUNEIFORM" in name for name in caught.value.characters)
    assert desk.files.names() == ()
    assert {f.request.standing for f in every_request(desk)} == {Standing.DRAFT}


@pytest.mark.usefixtures("drafts")
def test_a_full_disk_leaves_no_document_and_no_row(
    desk: Desk, avery: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = SealedFiles.put
    written: list[str] = []

    def filling(self: SealedFiles, name: str, data: bytes, *, settled: bool) -> str:
        if len(written) == 2:
            raise DiskFull
        written.append(name)
        return put(self, name, data, settled=settled)

    monkeypatch.setattr(SealedFiles, "put", filling)
    with pytest.raises(DiskFull):
        letters.generate(desk, avery.id, actor=OWNER)
    assert desk.files.names() == ()
    assert {f.request.standing for f in every_request(desk)} == {Standing.DRAFT}
    monkeypatch.undo()
    assert len(letters.generate(desk, avery.id, actor=OWNER)) == 3


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


def test_a_changed_sealed_file_is_found_out(
    desk: Desk, avery: Person, drafts: list[str]
) -> None:
    made = generate(desk, avery)
    mail = made[DocumentKind.EMAIL]
    desk.files.put(desk.files.names()[0], b"something else")
    with pytest.raises(Tampered):
        letters.generate(desk, avery.id, actor=OWNER)
    assert drafts
    with pytest.raises(NotFound):
        letters.read_document(desk, "D-222222")
    assert mail.content


@pytest.mark.usefixtures("drafts")
def test_files_are_written_whole_with_their_hashes_and_only_once(
    desk: Desk, avery: Person, tmp_path: Path
) -> None:
    made = letters.generate(desk, avery.id, actor=OWNER)
    written = letters.write_documents(desk, made, tmp_path / "out" / "letters")
    assert {item.broker for item in written} == set(ALL)
    for item, document in zip(written, made, strict=True):
        assert item.path.is_absolute()
        assert item.path.read_bytes() == letters.read_document(desk, document.id).content
        assert item.sha256 == hashlib.sha256(item.path.read_bytes()).hexdigest()
        assert item.path.stat().st_mode & 0o077 == 0
    before = {item.path: item.path.stat().st_mtime_ns for item in written}
    assert letters.write_documents(desk, made, tmp_path / "out" / "letters") == written
    assert {item.path: item.path.stat().st_mtime_ns for item in written} == before


@pytest.mark.usefixtures("drafts")
def test_another_file_of_that_name_is_never_overwritten(
    desk: Desk, avery: Person, tmp_path: Path
) -> None:
    made = letters.generate(desk, avery.id, actor=OWNER)
    (tmp_path / made[-1].file_name).write_text("mine", "utf-8")
    with pytest.raises(Refused, match="another file"):
        letters.write_documents(desk, made, tmp_path)
    assert (tmp_path / made[-1].file_name).read_text("utf-8") == "mine"
    assert not (tmp_path / made[0].file_name).exists()


@pytest.mark.usefixtures("drafts")
def test_a_full_disk_while_writing_leaves_the_folder_as_it_was(
    desk: Desk, avery: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = letters.generate(desk, avery.id, actor=OWNER)
    out = tmp_path / "out"
    out.mkdir()
    sync, calls = os.fsync, []

    def full(handle: int) -> None:
        calls.append(handle)
        if len(calls) > 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        sync(handle)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull):
        letters.write_documents(desk, made, out)
    assert list(out.iterdir()) == []


@pytest.mark.usefixtures("drafts")
def test_a_folder_that_cannot_be_made_is_refused(
    desk: Desk, avery: Person, tmp_path: Path
) -> None:
    made = letters.generate(desk, avery.id, actor=OWNER)
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises((InstanceUnusable, Refused)):
        letters.write_documents(desk, made, tmp_path / "file" / "out")


def test_all_of_it_as_one_zip(desk: Desk, avery: Person, drafts: list[str]) -> None:
    with pytest.raises(NotFound, match="no document yet"):
        letters.zip_of(desk, drafts)
    made = letters.generate(desk, avery.id, actor=OWNER)
    with zipfile.ZipFile(BytesIO(b"".join(letters.zip_of(desk, drafts)))) as archive:
        assert {archive.read(name) for name in archive.namelist()} == {
            letters.read_document(desk, d.id).content for d in made}


def test_each_channel_says_what_to_do_now(desk: Desk, avery: Person, drafts: list[str]) -> None:
    with pytest.raises(NotFound):
        letters.hand_over(desk, drafts[0])
    made = {d.request_id: d.id for d in letters.generate(desk, avery.id, actor=OWNER)}
    for request_id in drafts:
        found = letters.hand_over(desk, request_id)
        assert found.steps
        assert found.document_id == made[request_id]


@pytest.mark.usefixtures("drafts")
def test_orphaned_files_are_swept_and_named_ones_stay(
    instance: Instance, desk: Desk, avery: Person
) -> None:
    made = letters.generate(desk, avery.id, actor=OWNER)
    desk.files.put("D-ORPHAN", b"left by a crash")
    assert housekeeping.remove_orphans(desk) == 0
    old = time.time() - 3 * 86_400
    for path in (instance.folder / "files").iterdir():
        os.utime(path, (old, old))
    instance.lock()
    again = instance.unlock(PASSPHRASE)
    assert set(again.files.names()) == {document.id for document in made}


@pytest.mark.usefixtures("drafts")
def test_whoever_prepares_second_at_the_same_moment_is_told_and_leaves_nothing(
    instance: Instance, desk: Desk, avery: Person, make_instance: MakeInstance,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = make_instance(instance.folder).unlock(PASSPHRASE)
    render = rendering.render
    first: list[Document] = []

    def overtaken(*order: Any, **how: Any) -> Document:
        monkeypatch.setattr(rendering, "render", render)
        first.extend(letters.generate(other, avery.id, actor=OWNER))
        return render(*order, **how)

    monkeypatch.setattr(rendering, "render", overtaken)
    with pytest.raises(Refused, match="another window"):
        letters.generate(desk, avery.id, actor=OWNER)
    assert set(desk.files.names()) == {document.id for document in first}
    assert letters.generate(desk, avery.id, actor=OWNER) == tuple(first)
    assert len(first) == len(ALL)


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
