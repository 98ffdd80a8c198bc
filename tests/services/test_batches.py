"""A batch to post: what is kept, in posting order, with its lists and labels, never unsafe."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from optout.domain.actor import OWNER
from optout.domain.document_words import LabelSheet
from optout.domain.errors import Cancelled, GateClosed, NotFound, Refused
from optout.domain.person import Authorization, Person
from optout.domain.words import ActingAs
from optout.registry.registry import Registry
from optout.services import authority, batches, letters, people, requests
from optout.services.desk import Desk
from tests.conftest import MONDAY
from tests.factories import berliner
from tests.services.agents import let_agent_ask
from tests.services.post import ABROAD, PLACES, post_requests
from tests.services.test_preparing import StopAfter


def read(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content))


def text_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in read(content).pages).split())


def test_the_file_to_print_has_the_kept_pages_in_posting_order(
    desk: Desk, avery: Person
) -> None:
    ids = post_requests(desk, avery, 6)
    made = {d.request_id: d for d in letters.generate(desk, avery.id, actor=OWNER)}
    pile = batches.pile_of(desk, avery.id)
    codes = [one.postal_code for one in pile.letters]
    assert codes == sorted(codes)
    assert len(set(codes)) == 3
    assert {one.reference for one in pile.letters} == set(ids)
    file = batches.batch_pdf(desk, avery.id)
    assert (file.file_name, file.media_type) == ("letters.pdf", "application/pdf")
    pages = read(file.content).pages
    assert len(pages) == sum(one.pages for one in pile.letters)
    start = 0
    for one in pile.letters:
        kept = read(letters.read_document(desk, made[one.reference].id).content).pages
        for page, own in zip(pages[start:start + one.pages], kept, strict=True):
            assert page.get_contents().get_data() == own.get_contents().get_data()  # type: ignore[union-attr]  # every page of ours has one
        start += one.pages
    titles = [one.title for one in read(file.content).outline]  # type: ignore[union-attr]  # no nested ones
    assert titles == [f"{one.reference} · {one.name}" for one in pile.letters]
    assert file == batches.batch_pdf(desk, avery.id, pile=pile)


def test_only_what_is_prepared_and_goes_by_post_is_in_it(desk: Desk, avery: Person) -> None:
    with pytest.raises(NotFound, match="no letter to post"):
        batches.pile_of(desk, avery.id)
    posted = post_requests(desk, avery, 3)
    (mail,) = requests.create_requests(desk, avery.id, ["quick-mail"], actor=OWNER)
    with pytest.raises(NotFound, match="no letter to post"):
        batches.pile_of(desk, avery.id)
    with pytest.raises(NotFound, match=f"{posted[0]} has no letter yet"):
        batches.pile_of(desk, avery.id, posted)
    letters.generate(desk, avery.id, actor=OWNER)
    requests.mark(desk, posted[0], "mark_sent", actor=OWNER)
    assert {one.reference for one in batches.pile_of(desk, avery.id).letters} == set(posted[1:])
    named = batches.pile_of(desk, avery.id, [*posted, mail.request.id])
    assert {one.reference for one in named.letters} == set(posted), "also what left already"
    with pytest.raises(NotFound, match="no letter to post"):
        batches.pile_of(desk, avery.id, [mail.request.id])
    with pytest.raises(NotFound):
        batches.pile_of(desk, avery.id, ["OPT-222222"])


def test_two_sizes_of_paper_are_two_files(desk: Desk, avery: Person) -> None:
    ids = post_requests(desk, avery, 4, places=(PLACES[0], ABROAD))
    letters.generate(desk, avery.id, actor=OWNER)
    pile = batches.pile_of(desk, avery.id)
    assert pile.papers == ("letter", "a4")
    assert [one.country for one in pile.letters] == ["US", "US", "DE", "DE"]
    assert pile.letters[-1].recipient[-1] == "GERMANY"
    with pytest.raises(Refused, match="US Letter paper and some on A4"):
        batches.batch_pdf(desk, avery.id, pile=pile)
    names = {}
    for page in pile.papers:
        file = batches.batch_pdf(desk, avery.id, pile=pile, page=page, duplex=True)
        names[page] = file.file_name
        assert len({one.mediabox.width for one in read(file.content).pages}) == 1
        assert len(read(file.content).outline) == 2
    assert names == {"letter": "letters-us-letter.pdf", "a4": "letters-a4.pdf"}
    assert len(ids) == 4


def test_lists_and_labels_name_every_letter(desk: Desk, avery: Person) -> None:
    post_requests(desk, avery, 4)
    letters.generate(desk, avery.id, actor=OWNER)
    pile = batches.pile_of(desk, avery.id)
    manifest = batches.manifest(desk, avery.id, duplex=True)
    posted = batches.mail_list(desk, avery.id)
    labels = batches.label_sheet(desk, avery.id, sheet=LabelSheet.AVERY_5160, skip=2)
    assert [file.file_name for file in (manifest, posted, labels)] == [
        "manifest.pdf", "mail-list.pdf", "labels.pdf"]
    for one in pile.letters:
        assert one.reference in text_of(manifest.content)
        assert one.reference in text_of(posted.content)
        assert " ".join(one.recipient) in text_of(labels.content)
    for file in (manifest, posted, labels):
        assert "Avery Sample" not in text_of(file.content), "they lie open at a counter"
        assert "Fictional Way" not in text_of(file.content)
    assert "certified" in text_of(posted.content)


def test_in_germany_it_is_registered_post_on_a4(desk: Desk) -> None:
    person = people.add_person(desk, berliner(), actor=OWNER)
    post_requests(desk, person, 2, places=(ABROAD,))
    letters.generate(desk, person.id, actor=OWNER)
    pile = batches.pile_of(desk, person.id)
    assert (pile.home, pile.page, pile.papers) == ("DE", "a4", ("a4",))
    assert "GERMANY" not in pile.letters[0].recipient
    assert "Letters sent by registered post" in text_of(
        batches.mail_list(desk, person.id, pile=pile).content)


def test_what_an_agents_letter_encloses_is_on_the_manifest(desk: Desk, avery: Person) -> None:
    authority.add_authorization(
        desk, Authorization("", avery.id, "Sample Legal Clinic", MONDAY), actor=OWNER)
    let_agent_ask(desk, avery, "slow-post")
    requests.create_requests(desk, avery.id, ["slow-post"], acting_as=ActingAs.AGENT, actor=OWNER)
    letters.generate(desk, avery.id, actor=OWNER)
    (one,) = batches.pile_of(desk, avery.id).letters
    assert one.enclosures
    assert one.enclosures[0] in text_of(batches.manifest(desk, avery.id).content)


def test_a_letter_to_an_address_that_is_over_is_not_printed(desk: Desk, avery: Person) -> None:
    (first, _) = post_requests(desk, avery, 2)
    letters.generate(desk, avery.id, actor=OWNER)
    registry = desk.registry
    broker = registry.get("post-0000")
    for procedures in ((replace(broker.procedures[0], address=replace(
            PLACES[0], lines=("99 Moved Street",))),), ()):
        desk.library.__dict__["registry"] = Registry(
            {**registry.brokers, broker.id: replace(broker, procedures=procedures)},
            registry.checked)
        with pytest.raises(Refused, match=f"{first} bears another address"):
            batches.pile_of(desk, avery.id)


def test_nothing_unsafe_is_printed(desk: Desk, avery: Person) -> None:
    post_requests(desk, avery, 2)
    letters.generate(desk, avery.id, actor=OWNER)
    pile = batches.pile_of(desk, avery.id)
    people.update_person(desk, replace(
        avery, at_risk=True, reply_email="avery.sample@example.com"), actor=OWNER)
    for way in (lambda: batches.pile_of(desk, avery.id),
                lambda: batches.batch_pdf(desk, avery.id, pile=pile)):
        with pytest.raises(GateClosed):
            way()


def test_reading_and_printing_can_be_stopped(desk: Desk, avery: Person) -> None:
    post_requests(desk, avery, 4)
    letters.generate(desk, avery.id, actor=OWNER)
    watcher = StopAfter(100)
    pile = batches.pile_of(desk, avery.id, progress=watcher)
    batches.batch_pdf(desk, avery.id, pile=pile, progress=watcher)
    assert watcher.told == [(done, 4) for done in range(1, 5)] * 2
    with pytest.raises(Cancelled):
        batches.pile_of(desk, avery.id, progress=StopAfter(2))
    with pytest.raises(Cancelled):
        batches.batch_pdf(desk, avery.id, pile=pile, progress=StopAfter(2))
