"""Later letters in a pile to post: those that wait, each fit to go, and why the others stay."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.broker import Procedure
from optout.domain.document import Document
from optout.domain.document_words import EvidenceKind, LabelSheet, Purpose
from optout.domain.errors import Cancelled, NotFound, Tampered
from optout.domain.person import Authorization, Person
from optout.domain.words import ActingAs, Channel
from optout.registry.registry import Registry
from optout.services import authority, batches, letters, people, requests
from optout.services.desk import Desk
from optout.services.evidence import add_evidence
from optout.services.later_letters import LaterDetails, answer_gates, write_later
from optout.services.pile_later import later_pile, waiting_later
from tests.conftest import MONDAY
from tests.documents.foreign_pictures import screenshot
from tests.documents.same_pages import looks, pages_of
from tests.factories import berliner, safe_at_risk, virginian
from tests.services.agents import let_agent_ask
from tests.services.post import PLACES, post_requests
from tests.services.test_batches import read, text_of
from tests.services.test_preparing import StopAfter

P = Purpose


@pytest.fixture
def posted(desk: Desk, clock: HandClock) -> tuple[Person, list[str]]:
    """A person with two requests that left by post and were never answered."""
    person = people.add_person(desk, virginian(), actor=OWNER)
    ids = post_requests(desk, person, 2)
    letters.generate(desk, person.id, actor=OWNER)
    for request in ids:
        requests.mark(desk, request, "mark_sent", actor=OWNER)
    clock.forward(days=90)
    return person, ids


def remind(desk: Desk, request: str) -> Document:
    return write_later(desk, request, P.REMINDER, actor=OWNER)


def complain(desk: Desk, request: str, to: str = "") -> Document:
    answer_gates(desk, request, P.COMPLAINT, actor=OWNER)
    return write_later(desk, request, P.COMPLAINT, details=LaterDetails(authority=to),
                       channel=Channel.POSTAL_MAIL, actor=OWNER)


def test_what_was_written_later_is_in_the_pile_and_named_everywhere(
    desk: Desk, posted: tuple[Person, list[str]]
) -> None:
    person, (first, second) = posted
    with pytest.raises(NotFound, match="no letter to post"):
        batches.pile_of(desk, person.id)
    reminder, complaint = remind(desk, first), complain(desk, second)
    assert waiting_later(desk, person.id) == (reminder.id, complaint.id)
    pile = batches.pile_of(desk, person.id)
    assert [(one.document_id, one.reference, one.what) for one in pile.letters] == [
        (reminder.id, first, "reminder"), (complaint.id, second, "complaint about Post 1")]
    authority_name = "Virginia Attorney General, Consumer Protection Section"
    assert pile.letters[1].recipient == (
        authority_name, "Office of the Attorney General, Consumer Protection Section",
        "202 North Ninth Street", "Richmond, VA 23219")
    assert pile.letters[1].postal_code == "23219"
    file = batches.batch_pdf(desk, person.id)
    titles = [one.title for one in read(file.content).outline]  # type: ignore[union-attr]  # no nested ones
    assert titles == [f"{first} · reminder · Post 0",
                      f"{second} · complaint about Post 1 · {pile.letters[1].name}"]
    manifest, posting = (text_of(made(desk, person.id, pile=pile).content)
                         for made in (batches.manifest, batches.mail_list))
    for text in (manifest, posting):
        assert "reminder" in text
        assert "complaint about Post 1" in "".join(text).replace("- ", "")
    assert f"No. 2, {second}: add exhibit A (the request)." in manifest
    assert f"No. 1, {first}: add" not in manifest
    labels = text_of(batches.label_sheet(
        desk, person.id, sheet=LabelSheet.AVERY_5160, pile=pile).content)
    assert authority_name in labels
    assert "complaint" not in labels, "an envelope tells nobody what is in it"


def test_a_request_that_is_ready_and_a_reminder_go_together(
    desk: Desk, posted: tuple[Person, list[str]]
) -> None:
    person, (first, _) = posted
    remind(desk, first)
    (fresh,) = requests.create_requests(desk, person.id, ["slow-post"], actor=OWNER)
    letters.generate(desk, person.id, actor=OWNER)
    watcher = StopAfter(100)
    pile = batches.pile_of(desk, person.id, progress=watcher)
    assert {one.reference: one.what for one in pile.letters} == {
        first: "reminder", fresh.request.id: "request"}
    assert watcher.told == [(1, 1), (2, 2)]
    assert "what it is" in text_of(batches.manifest(desk, person.id, pile=pile).content)
    named = batches.pile_of(desk, person.id, [fresh.request.id])
    assert [one.what for one in named.letters] == ["request"], "only what was named"
    with pytest.raises(Cancelled):
        batches.pile_of(desk, person.id, progress=StopAfter(2))


def test_what_has_left_is_in_it_only_by_its_name(
    desk: Desk, posted: tuple[Person, list[str]]
) -> None:
    person, (first, _) = posted
    old, new = remind(desk, first), remind(desk, first)
    assert waiting_later(desk, person.id) == (new.id,), "the latest of its kind"
    requests.mark(desk, first, "remind", actor=OWNER)
    assert waiting_later(desk, person.id) == ()
    with pytest.raises(NotFound):
        batches.pile_of(desk, person.id)
    again = batches.pile_of(desk, person.id, [], later_ids=[old.id, old.id])
    assert [one.document_id for one in again.letters] == [old.id]
    other = people.add_person(desk, berliner(), actor=OWNER)
    for owner, wrong in ((person.id, "D0"), (other.id, old.id), ("P-AAAAAA", old.id)):
        with pytest.raises(NotFound):
            later_pile(desk, owner, [wrong])


def test_what_fits_no_longer_is_left_out_and_the_others_go(
    desk: Desk, posted: tuple[Person, list[str]]
) -> None:
    person, (first, second) = posted
    remind(desk, first)
    fits = remind(desk, second)
    requests.mark(desk, first, "claim_removed", actor=OWNER)
    pile = batches.pile_of(desk, person.id)
    assert [one.document_id for one in pile.letters] == [fits.id]
    (out,) = pile.left_out
    assert (out.reference, out.what, out.name) == (first, "reminder", "Post 0")
    assert "does not fit any more" in out.reason
    text = text_of(batches.manifest(desk, person.id, pile=pile).content)
    assert "Written, but not in this pile:" in text
    assert f"{first}, reminder (Post 0): This letter was written on" in text
    requests.mark(desk, second, "claim_removed", actor=OWNER)
    with pytest.raises(NotFound, match=f"may be posted today.*{first}.*{second}"):
        batches.pile_of(desk, person.id)


def test_for_people_at_risk_it_is_made_on_the_day_on_which_it_goes(
    desk: Desk, posted: tuple[Person, list[str]], clock: HandClock
) -> None:
    person, ids = posted
    safe = safe_at_risk()
    people.update_person(desk, replace(
        person, at_risk=True, reply_email=safe.reply_email, reply_address=safe.reply_address),
        actor=OWNER)
    remind(desk, ids[0])
    assert len(batches.pile_of(desk, person.id).letters) == 1
    clock.forward(days=1)
    today = remind(desk, ids[1])
    pile = batches.pile_of(desk, person.id)
    assert [one.document_id for one in pile.letters] == [today.id]
    assert "on the day on which it goes" in pile.left_out[0].reason
    people.update_person(desk, replace(
        people.get_person(desk, person.id), reply_email="", reply_address=None), actor=OWNER)
    assert later_pile(desk, person.id).letters == ()


def moved(desk: Desk, change: Callable[[Procedure], tuple[Procedure, ...]]) -> None:
    registry = desk.registry
    broker = registry.get("post-0000")
    desk.library.__dict__["registry"] = Registry(
        {**registry.brokers, broker.id: replace(
            broker, procedures=change(broker.procedures[0]))}, registry.checked)


def test_an_address_that_is_over_gets_no_letter(
    desk: Desk, posted: tuple[Person, list[str]]
) -> None:
    person, (first, _) = posted
    remind(desk, first)
    moved(desk, lambda way: (replace(way, address=replace(
        PLACES[0], lines=("99 Moved Street",))),))
    (out,) = later_pile(desk, person.id).left_out
    assert "another address" in out.reason
    registry = desk.registry
    desk.library.__dict__["registry"] = Registry(
        {key: one for key, one in registry.brokers.items() if key != "post-0000"},
        registry.checked)
    (out,) = later_pile(desk, person.id).left_out
    assert out.name == "post-0000"


def test_what_goes_to_a_fax_machine_is_no_letter_to_post(
    desk: Desk, posted: tuple[Person, list[str]]
) -> None:
    person, (first, _) = posted
    moved(desk, lambda way: (way, Procedure(Channel.FAX, phone="+1 202 555 0143")))
    write_later(desk, first, P.REMINDER, channel=Channel.FAX, actor=OWNER)
    found = later_pile(desk, person.id)
    assert (found.letters, found.left_out) == ((), ())


def test_what_a_complaint_encloses_is_what_it_names_itself(
    desk: Desk, posted: tuple[Person, list[str]]
) -> None:
    person, (first, _) = posted
    add_evidence(desk, first, screenshot(), name="slip.png", kind=EvidenceKind.SENDING,
                 actor=OWNER)
    complain(desk, first)
    add_evidence(desk, first, screenshot(), name="more.png", kind=EvidenceKind.SENDING,
                 actor=OWNER)
    (one,) = later_pile(desk, person.id).letters
    assert one.enclosures == (
        "exhibit A (the request)", "exhibit B (proof that it was sent)")


def test_an_agents_complaint_encloses_the_authorization(
    desk: Desk, avery: Person, clock: HandClock
) -> None:
    person = avery
    authority.add_authorization(
        desk, Authorization("", person.id, "Sample Legal Clinic", MONDAY), actor=OWNER)
    let_agent_ask(desk, person, "slow-post")
    (file,) = requests.create_requests(
        desk, person.id, ["slow-post"], acting_as=ActingAs.AGENT, actor=OWNER)
    letters.generate(desk, person.id, actor=OWNER)
    requests.mark(desk, file.request.id, "mark_sent", actor=OWNER)
    clock.forward(days=90)
    complain(desk, file.request.id, "California Attorney General, Public Inquiry Unit")
    (one,) = later_pile(desk, person.id).letters
    assert one.enclosures[0] == "Signed authorization"


def test_a_damaged_letter_is_not_passed_over(
    desk: Desk, posted: tuple[Person, list[str]]
) -> None:
    person, (first, _) = posted
    made = remind(desk, first)
    desk.files.delete(made.id)
    desk.files.put(made.id, b"another")
    with pytest.raises(Tampered):
        batches.pile_of(desk, person.id)


def test_letters_from_abroad_find_their_address(desk: Desk, clock: HandClock) -> None:
    person = people.add_person(desk, berliner(), actor=OWNER)
    (request,) = post_requests(desk, person, 1)
    letters.generate(desk, person.id, actor=OWNER)
    (own,) = batches.pile_of(desk, person.id).letters
    assert own.recipient[-1] == "VEREINIGTE STAATEN VON AMERIKA", "who carries it reads German"
    requests.mark(desk, request, "mark_sent", actor=OWNER)
    clock.forward(days=90)
    made = remind(desk, request)
    (one,) = batches.pile_of(desk, person.id).letters
    assert (one.recipient, one.country) == (own.recipient, "US")
    kept = pages_of(letters.read_document(desk, made.id).content)
    printed = pages_of(batches.batch_pdf(desk, person.id).content)
    assert list(map(looks, printed)) == list(map(looks, kept))


def test_what_is_printed_is_what_is_kept(
    desk: Desk, posted: tuple[Person, list[str]]
) -> None:
    person, (first, second) = posted
    remind(desk, first)
    complain(desk, second)
    requests.create_requests(desk, person.id, ["slow-post"], actor=OWNER)
    letters.generate(desk, person.id, actor=OWNER)
    pile = batches.pile_of(desk, person.id)
    assert {one.purpose for one in pile.letters} == {P.REQUEST, P.REMINDER, P.COMPLAINT}
    kept = pages_of(*(letters.read_document(desk, one.document_id).content
                      for one in pile.letters))
    printed = pages_of(batches.batch_pdf(desk, person.id, pile=pile).content)
    assert list(map(looks, printed)) == list(map(looks, kept))
    assert [page.extract_text() for page in printed] == [page.extract_text() for page in kept]
