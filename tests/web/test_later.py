"""Letters about a request: offered with their conditions, read, made once, marked with proof."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from optout.domain.document import FormSheet, Letter
from optout.domain.document_words import EvidenceKind, Purpose
from optout.domain.errors import Refused
from optout.domain.words import Event
from optout.services import evidence, later_files, later_letters, requests
from tests.web.conftest import World
from tests.web.visitor import Page, Visitor


def sent(world: World) -> Page:
    """The page of a request that has left."""
    return world.visitor.submit(world.asked("sample-post"), "/sent")


def late(world: World) -> Page:
    """The page of a request whose time is over."""
    page = sent(world)
    world.clock.forward(days=80)
    world.visitor.get("/")  # the session is over
    unlock = world.visitor.get("/unlock")
    world.visitor.submit(unlock, "/unlock", {"passphrase": "seven quiet otters under a bridge"})
    return world.visitor.get(page.path)


def refused(world: World) -> Page:
    """The page of a request that was refused."""
    return world.visitor.submit(sent(world), "/answer", {
        "answer-reading": "refused", "answer-words": "We do not have to do that."})


def id_of(page: Page) -> str:
    """The id of the request that a page shows."""
    return page.path.partition("#")[0].split("/")[2]


def made(world: World, page: Page) -> list[Purpose]:
    """The letters that were made about the request of a page."""
    return [d.purpose for d in later_files.later_documents_of(world.instance.desk, id_of(page))]


def test_nothing_is_offered_before_it_left(world: World) -> None:
    assert "Letters about this request" not in world.asked("sample-post").text


def test_each_letter_is_offered_or_says_what_is_not_met(world: World, visitor: Visitor) -> None:
    page = sent(world)
    assert "Letters about this request" in page.text
    assert "They are not late yet." in page.text
    assert "They have not asked who you are." in page.text
    assert "Write it" not in page.text
    early = visitor.get(f"/requests/{id_of(page)}/letters/reminder")
    assert "They are not late yet." in early.text
    assert '<form method="post" action="/requests' not in early.html


def test_a_reminder_is_read_made_and_marked(world: World, visitor: Visitor) -> None:
    page = late(world)
    write = visitor.get(page.link("Write it"))
    assert write.heading == "Reminder"
    assert id_of(page) in write.text
    assert "How it reads" in write.text
    ready = visitor.submit(write, "/letters/reminder", button=("act", "make"))
    assert "It has not left this computer." in ready.html
    assert made(world, page) == [Purpose.REMINDER]
    again = visitor.submit(write, "/letters/reminder", button=("act", "make"))  # a second click
    assert (again.path, made(world, page)) == (ready.path, [Purpose.REMINDER])
    file = visitor.ask("GET", ready.link("Download"))
    assert file.data.startswith(b"%PDF-")
    noted = visitor.submit(ready, "/sent", {"sent-proof": "70 0001"},
                           files={"sent-file": ("slip.txt", b"Item 70 0001")})
    assert "Written down." in noted.html
    event = requests.get_request(world.instance.desk, id_of(page)).events[-1]
    assert (event.event, event.detail) == (Event.REMIND, "70 0001")
    kept, = evidence.evidence_of(world.instance.desk, id_of(page))
    assert (kept.kind, kept.event_seq) == (EvidenceKind.SENDING, event.seq)
    twice = visitor.submit(ready, "/sent")
    assert "nothing was written twice" in twice.html
    assert requests.get_request(world.instance.desk, id_of(page)).events[-1] == event
    assert "Reminder" in visitor.get(page.path).text.partition("Letters about this request")[2]
    assert "You wrote down: I reminded them" in visitor.get(ready.path).text


def test_a_refusal_is_answered_in_their_own_words(world: World, visitor: Visitor) -> None:
    page = refused(world)
    write = visitor.get(f"/requests/{id_of(page)}/letters/refusal_answer")
    quoted = visitor.submit(write, "/letters/refusal_answer",
                            {"later-their_words": "Our policy forbids it."},
                            button=("act", "preview"))
    assert "Our policy forbids it." in quoted.text
    assert made(world, page) == []
    visitor.submit(quoted, "/letters/refusal_answer", {"made": "1"}, button=("act", "make"))
    assert made(world, page) == [Purpose.REFUSAL_ANSWER]
    long = visitor.submit(write, "/letters/refusal_answer", {"later-their_words": "x" * 4_001},
                          button=("act", "make"))
    assert long.status == 422
    assert "too long" in long.errors["later-their_words"]
    paper = visitor.submit(write, "/letters/refusal_answer",
                           {"later-their_words": "Send us 123-45-6789."},
                           button=("act", "preview"))
    assert paper.status == 422
    assert "later-their_words" in paper.errors


def test_a_demand_for_identity_is_answered(world: World, visitor: Visitor) -> None:
    page = visitor.submit(sent(world), "/answer", {"answer-reading": "identity_requested"})
    write = visitor.get(page.link("Write it"))
    assert write.heading == "Answer to their demand for proof of identity"
    shown = visitor.submit(write, "/letters/identity_answer",
                           {"later-demanded": ["government_id", "ssn"]},
                           button=("act", "preview"))
    assert shown.status == 200
    assert "How it reads" in shown.text


def test_a_complaint_asks_its_question_first(world: World, visitor: Visitor) -> None:
    page = refused(world)
    write = visitor.get(f"/requests/{id_of(page)}/letters/complaint")
    assert "in a file that others may get to read?" in write.text
    assert "How it reads" not in write.text
    token = write.form("/answers")
    fields = {e.get("name"): e.get("value") for e in token.iter("input")}
    around = visitor.ask(
        "POST", f"/requests/{id_of(page)}/letters/complaint",
        data=f"csrf_token={fields['csrf_token']}&act=make")
    assert around.status_code == 409
    assert made(world, page) == []
    opened = visitor.submit(write, "/answers", button=("answer", "yes"))
    assert "Who should hear it?" in opened.text
    ready = visitor.submit(opened, "/letters/complaint", button=("act", "make"))
    assert made(world, page) == [Purpose.COMPLAINT]
    assert ready.link("Make the file of this request").endswith(f"/requests/{id_of(page)}/file")
    visitor.submit(opened, "/answers", button=("answer", "no"))
    assert "How it reads" not in visitor.get(write.path).text


def test_of_several_authorities_none_is_chosen_beforehand(
    world: World, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def several(*_about: Any, theirs: bool = False, **_more: Any) -> tuple[str, ...]:
        return () if theirs else names

    page = refused(world)
    names = later_letters.authorities_of(world.instance.desk, id_of(page))
    monkeypatch.setattr(later_letters, "authorities_of", several)
    write = visitor.get(f"/requests/{id_of(page)}/letters/complaint")
    opened = visitor.submit(write, "/answers", button=("answer", "yes"))
    again = visitor.submit(opened, "/letters/complaint", button=("act", "make"))
    assert (again.status, made(world, page)) == (422, [])
    assert "Choose the one where you live." in again.errors["later-authority"]
    visitor.submit(again, "/letters/complaint", {"later-authority": names[0]},
                   button=("act", "make"))
    assert made(world, page) == [Purpose.COMPLAINT]


def test_what_is_not_met_is_refused_on_every_way(world: World, visitor: Visitor) -> None:
    page = sent(world)
    token = page.form("/undo")
    value = next(e.get("value") for e in token.iter("input") if e.get("name") == "csrf_token")
    for purpose in ("reminder", "appeal", "complaint"):
        answer = visitor.ask("POST", f"/requests/{id_of(page)}/letters/{purpose}",
                             data=f"csrf_token={value}&act=make")
        assert answer.status_code == 409, purpose
    assert made(world, page) == []


def test_a_wrong_proof_marks_nothing(world: World, visitor: Visitor) -> None:
    page = late(world)
    ready = visitor.submit(visitor.get(page.link("Write it")), "/letters/reminder",
                           button=("act", "make"))
    wrong = visitor.submit(ready, "/sent", files={"sent-file": ("a.png", b"")})
    assert (wrong.status, "sent-file" in wrong.errors) == (422, True)
    future = visitor.submit(ready, "/sent", {"sent-on": "2030-01-01"})
    assert "sent-on" in future.errors
    visitor.submit(visitor.get(page.path), "/answer", {"answer-reading": "removed"})
    assert visitor.submit(ready, "/sent").status == 409
    events = requests.get_request(world.instance.desk, id_of(page)).events
    assert events[-1].event is Event.CLAIM_REMOVED


def test_a_letter_in_another_language_has_the_english_beside_it(
    world: World, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    compose = later_letters.compose_later

    def german(*about: Any, in_english: bool = False, **more: Any) -> Letter | FormSheet:
        words = compose(*about, **more)
        assert isinstance(words, Letter)
        return words if in_english else replace(words, language="de", subject="Erinnerung")

    page = late(world)
    monkeypatch.setattr(later_letters, "compose_later", german)
    write = visitor.get(page.link("Write it"))
    assert "The same in English" in write.text
    assert write.text.count("Dear privacy team") == 2
    assert '<section class="panel sheet" aria-label="The letter" lang="de">' in write.html


def test_what_stands_in_the_way_meanwhile_is_said(
    world: World, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refusing(*_about: object, **_more: object) -> None:
        raise Refused("The registry has no other way.", remedy="Correct its entry.")

    page = late(world)
    write = visitor.get(page.link("Write it"))
    ready = visitor.submit(write, "/letters/reminder", button=("act", "make"))
    monkeypatch.setattr(later_files, "mark_later", refusing)
    moved = visitor.submit(ready, "/sent")
    assert (moved.status, "no other way" in moved.errors["sent-on"]) == (422, True)
    monkeypatch.setattr(later_letters, "compose_later", refusing)
    shown = visitor.get(write.path)
    assert (shown.status, "The registry has no other way." in shown.text) == (409, True)


def test_a_letter_that_fits_no_more_may_have_left_before(world: World, visitor: Visitor) -> None:
    page = late(world)
    ready = visitor.submit(visitor.get(page.link("Write it")), "/letters/reminder",
                           button=("act", "make"))
    visitor.submit(page, "/answer", {"answer-reading": "removed"})
    back = visitor.get(ready.path)
    assert (back.status, back.path) == (200, f"/requests/{id_of(page)}")
    assert "does not fit any more" in back.html
    assert "If it has left already, do not send it again" in back.html
    assert "Something else happened" in back.text


def test_ids_of_others_lead_nowhere(world: World, visitor: Visitor) -> None:
    page = sent(world)
    own = requests.get_request(world.instance.desk, id_of(page)).request.id
    document = page.link("Download").split("/")[2]
    for path in (f"/requests/{own}/letters/request", f"/requests/{own}/letters/ransom",
                 "/requests/OPT-AAAAAA/letters/reminder", f"/letters/{document}",
                 "/letters/D-AAAAAA"):
        assert visitor.get(path).status == 404, path
