"""Proofs on the request page: with a step or by themselves, seen, saved, taken away."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest

from optout.domain.document import Evidence
from optout.domain.document_words import EvidenceKind
from optout.domain.words import Event
from optout.services import evidence, requests
from optout.web.forms.proofs import MOST_BYTES
from tests.documents import foreign_pictures
from tests.everyone import every_request
from tests.web.conftest import World
from tests.web.visitor import Page, Visitor

SCREENSHOT = ("thanks avery.png", foreign_pictures.screenshot())


def id_of(page: Page) -> str:
    """The id of the request that a page shows."""
    return page.path.partition("#")[0].split("/")[2]


def kept(world: World, page: Page) -> tuple[Evidence, ...]:
    """What is kept with the request that a page shows."""
    return evidence.evidence_of(world.instance.desk, id_of(page))


def added(world: World, visitor: Visitor) -> Page:
    """A request with one screenshot."""
    return visitor.submit(world.asked("sample-post"), "/evidence",
                          {"proof-kind": "other"}, files={"proof-file": SCREENSHOT})


def test_a_screenshot_goes_with_the_step_that_it_proves(world: World, visitor: Visitor) -> None:
    page = visitor.submit(world.asked("sample-post"), "/sent", {"sent-proof": "70 0000"},
                          files={"sent-file": SCREENSHOT})
    assert (page.status, "Marked as sent." in page.html) == (200, True)
    one, = kept(world, page)
    assert (one.kind, one.event_seq) == (EvidenceKind.SENDING, 2)
    assert "thanks avery.png" in page.text
    assert "That it was sent · Sent, Nov 23, 2026" in page.text


def test_a_wrong_file_marks_nothing_and_says_so_at_the_field(
    world: World, visitor: Visitor
) -> None:
    page = visitor.submit(world.asked("sample-post"), "/sent",
                          files={"sent-file": ("page.html", b"<html><script></script></html>")})
    assert page.status == 422
    assert "could act when it is opened" in page.errors["sent-file"]
    file = requests.get_request(world.instance.desk, id_of(page))
    assert [event.event for event in file.events] == [Event.PREPARE]
    assert kept(world, page) == ()


def test_a_file_that_came_with_another_mistake_is_asked_for_again(
    world: World, visitor: Visitor
) -> None:
    page = visitor.submit(world.asked("sample-post"), "/sent", {"sent-on": "2030-01-01"},
                          files={"sent-file": SCREENSHOT})
    assert page.status == 422
    assert set(page.errors) == {"sent-on"}
    assert page.text.count("Choose it once more.") == 1
    box = next(e for e in page.root.iter("input") if e.get("id") == "sent-file")
    assert box.get("aria-describedby") == "sent-file-hint sent-file-lost"
    again = visitor.submit(page, "/sent", {"sent-on": "2030-01-01"})
    assert "Choose it once more." not in again.text


def test_a_file_is_added_seen_saved_and_removed(world: World, visitor: Visitor) -> None:
    page = added(world, visitor)
    assert "Kept, encrypted, with this request." in page.html
    one, = kept(world, page)
    assert (one.kind, one.event_seq) == (EvidenceKind.OTHER, 0)
    raw = visitor.ask("GET", page.link("Save a copy"))
    assert raw.data == SCREENSHOT[1]
    assert raw.headers["Content-Disposition"] == f'attachment; filename="{one.id}.png"'
    assert raw.headers["X-Content-Type-Options"] == "nosniff"
    picture = re.search(r'<img src="([^"]+)" alt="" loading', page.html)
    assert picture is not None
    made = visitor.ask("GET", picture[1])
    assert made.mimetype == "image/jpeg"
    assert made.headers["Content-Disposition"].startswith("attachment")
    gone = visitor.submit(page, "/remove")
    assert "Removed from this computer." in gone.html
    assert kept(world, gone) == ()
    assert "Removed" not in visitor.submit(page, "/remove").html  # a second click
    assert visitor.get(page.link("Save a copy")).status == 404


def test_the_same_file_twice_is_kept_once(world: World, visitor: Visitor) -> None:
    page = added(world, visitor)
    assert len(kept(world, visitor.submit(
        page, "/evidence", {"proof-kind": "other"}, files={"proof-file": SCREENSHOT}))) == 1


def test_a_file_may_belong_to_a_step(world: World, visitor: Visitor) -> None:
    page = visitor.submit(world.asked("sample-post"), "/evidence",
                          {"proof-kind": "sending", "proof-event": "1"},
                          files={"proof-file": ("note.txt", b"Posted at noon.")})
    one, = kept(world, page)
    assert (one.event_seq, one.media_type) == (1, "text/plain")
    assert "<img" not in page.html.partition('id="evidence"')[2]
    assert visitor.ask("GET", page.link("Save a copy")).headers["Content-Disposition"].endswith(
        f'"{one.id}.txt"')


@pytest.mark.parametrize(("files", "words"), [
    ({}, "Choose a file"),
    ({"proof-file": ("a.png", b"")}, "The file is empty."),
    ({"proof-file": ("a.png", b"\x7fELF\x00")}, "This kind of file cannot be kept."),
    ({"proof-file": ("a.png", foreign_pictures.screenshot()[:60])}, "damaged or cut off"),
    ({"proof-file": ("a.txt", b"x" * (10 * 1024 * 1024 + 1))}, "larger than 10 MB"),
])
def test_what_cannot_be_kept_is_explained_at_the_field(
    world: World, visitor: Visitor, files: dict[str, tuple[str, bytes]], words: str
) -> None:
    page = visitor.submit(world.asked("sample-post"), "/evidence", files=files)
    assert page.status == 422
    assert words in page.errors["proof-file"]
    assert kept(world, page) == ()


def test_far_too_much_is_refused_before_it_is_read(world: World, visitor: Visitor) -> None:
    page = world.asked("sample-post")
    answer = visitor.submit(page, "/evidence",
                            files={"proof-file": ("a.txt", b"x" * (MOST_BYTES + 1))})
    assert (answer.status, answer.heading) == (413, "Too large")


def test_ids_of_others_lead_nowhere(world: World, visitor: Visitor) -> None:
    page = added(world, visitor)
    visitor.submit(visitor.submit(visitor.get(
        f"/people/{world.person_id}/companies"), "/companies", {"broker": ["sample-form"]},
        button=("plan", "1"), nth=1), "/requests")
    other = next(f.request.id for f in every_request(world.instance.desk)
                 if f.request.id != id_of(page))
    one, = kept(world, page)
    visitor.ask("POST", f"/requests/{other}/evidence/{one.id}/remove",
                data="csrf_token=" + _token(page))
    assert kept(world, page) == (one,)
    for path in ("/evidence/E-UNKNOWN", "/evidence/E-UNKNOWN/shown"):
        assert visitor.get(path).status == 404


def test_what_belongs_to_no_step_of_it_is_refused(world: World, visitor: Visitor) -> None:
    page = world.asked("sample-post")
    answer = visitor.submit(page, "/evidence", {"proof-event": "7"},
                            files={"proof-file": SCREENSHOT})
    assert answer.status == 422
    assert "proof-event" in answer.errors


def _token(page: Page) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page.html)
    assert found is not None
    return found[1]


def test_an_email_takes_along_only_what_is_ticked(world: World, visitor: Visitor) -> None:
    page = world.asked("sample-people-search")
    words = visitor.get(f"/requests/{id_of(page)}/words")
    assert "Add the file to the request first" in words.text
    visitor.submit(page, "/evidence", {"proof-kind": "other"}, files={"proof-file": SCREENSHOT})
    words = visitor.get(words.path)
    assert 'name="evidence"' in words.html
    assert not re.search(r'name="evidence"[^>]*checked', words.html)
    none = visitor.submit(words, "/files")
    assert "No file is chosen." in none.html
    assert none.path.startswith(words.path)
    one, = kept(world, page)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', words.html)
    assert token
    sent = visitor.ask("POST", str(words.form("/files").get("action")), data=urlencode(
        {"csrf_token": token[1], "evidence": one.id}))
    assert sent.status_code == 200
    assert sent.headers["Content-Disposition"].startswith("attachment;")
    assert b"-enclosure-1.jpg" in sent.data
    assert b"thanks avery" not in sent.data
