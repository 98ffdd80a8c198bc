"""The print page: which letters, on what, with labels and lists; many documents in a job."""

from __future__ import annotations

import json
import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from optout.domain.actor import OWNER
from optout.domain.errors import Refused
from optout.domain.words import Standing
from optout.services import bulk_jobs, letters, requests
from optout.web import preparing
from tests.everyone import every_request
from tests.statements import statements
from tests.web.conftest import World
from tests.web.test_later import late
from tests.web.visitor import Page, Visitor


def printing(world: World) -> Page:
    """The print page of a person with one letter to post and one form."""
    page = world.visitor.submit(world.planned("sample-post", "sample-form"), "/requests")
    return world.visitor.get(page.link("Print letters to post"))


def letter(world: World) -> str:
    """The id of the request that goes by post."""
    return next(f.request.id for f in every_request(world.instance.desk)
                if f.request.channel.value == "postal_mail")


def drafted(world: World) -> None:
    """Requests that are made, and not written yet."""
    world.with_person()
    requests.create_requests(world.instance.desk, world.person_id,
                             ["sample-post", "sample-form"], actor=OWNER)


def finished(world: World, page: Page) -> Page:
    """The page of a job once it is over."""
    job = page.path.rpartition("/")[2]
    thread = bulk_jobs._jobs[job].thread
    assert thread is not None
    thread.join(20)
    return world.visitor.get(page.path)


@pytest.mark.parametrize(("act", "name"), [
    ("letters", "letters.pdf"), ("labels", "labels.pdf"), ("list", "mail-list.pdf"),
    ("manifest", "manifest.pdf")])
def test_each_file_is_made_of_the_letters_that_wait(
    world: World, visitor: Visitor, act: str, name: str
) -> None:
    page = printing(world)
    assert "1 letter waits to be posted" in page.text
    assert "Sample Form" not in page.text
    made = visitor.submit(page, "/print", {"print-skip": "3", "print-duplex": "y"},
                          button=("act", act))
    assert made.response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert PdfReader(BytesIO(made.response.data)).pages


def test_what_cannot_be_printed_is_explained_at_the_field(
    world: World, visitor: Visitor
) -> None:
    page = printing(world)
    none = visitor.submit(page, "/print", {"print-letters": None}, button=("act", "letters"))
    assert (none.status, "Tick at least one letter." in none.text) == (422, True)
    far = visitor.submit(page, "/print", {"print-skip": "30"}, button=("act", "labels"))
    assert "print-skip" in far.errors
    small = visitor.submit(page, "/print", {"print-skip": "25", "print-sheet": "l7160"},
                           button=("act", "labels"))
    assert (small.status, "print-skip" in small.errors) == (422, True)
    token = next(e.get("value") for e in page.root.iter("input")
                 if e.get("name") == "print-csrf_token")
    strange = visitor.ask("POST", page.path, data=(
        f"print-csrf_token={token}&print-letters=OPT-AAAAAA&act=letters"))
    assert strange.status_code == 422


def test_what_may_not_leave_any_more_is_refused(world: World, visitor: Visitor) -> None:
    page = printing(world)
    visitor.submit(visitor.get("/help"), "/help", {"at_risk": "yes"})
    answer = visitor.submit(page, "/print", button=("act", "letters"))
    assert answer.status == 409
    assert answer.errors["main"]


def test_nothing_to_print_says_so(world: World, visitor: Visitor) -> None:
    world.with_person()
    page = visitor.get(f"/people/{world.person_id}/print")
    assert "No letter waits to be posted." in page.text
    assert visitor.get("/people/P-AAAAAA/print").status == 404


def test_what_is_not_written_is_written_from_here(world: World, visitor: Visitor) -> None:
    drafted(world)
    page = visitor.get(f"/people/{world.person_id}/print")
    assert "1 letter is not written yet" in page.text
    ready = visitor.submit(page, "/prepare", button=("to", "print"))
    assert "2 requests are ready to send." in ready.html
    assert "1 letter waits to be posted" in ready.text
    again = visitor.submit(page, "/prepare", button=("to", "print"))
    assert "Everything is written already." in again.html
    other = visitor.submit(page, "/prepare")
    assert other.heading == "Requests"


def test_many_are_written_in_the_background(
    world: World, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preparing, "MANY", 1)
    drafted(world)
    listed = visitor.get(f"/requests?person={world.person_id}")
    page = visitor.submit(listed, "/prepare")
    assert page.path.startswith("/jobs/J-")
    over = finished(world, page)
    assert "Everything is ready" in over.text
    assert "2 of 2 pieces are done." in over.text
    assert "http-equiv" not in over.html
    state = json.loads(visitor.ask("GET", f"{page.path}/state").data)
    assert state == {"done": 2, "total": 2, "over": True,
                     "words": "2 of 2 pieces are done."}
    assert visitor.get(over.link("To the requests")).heading == "Requests"
    assert {f.request.standing for f in every_request(world.instance.desk)} == {
        Standing.READY}


def test_a_plan_with_many_is_written_in_the_background(
    world: World, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preparing, "MANY", 1)
    page = visitor.submit(world.planned("sample-post", "sample-form"), "/requests")
    assert page.path.startswith("/jobs/J-")
    assert "Everything is ready" in finished(world, page).text


def test_many_letters_are_printed_in_the_background(
    world: World, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = printing(world)
    monkeypatch.setattr(preparing, "MANY", 0)
    job = visitor.submit(page, "/print", {"print-skip": "2"}, button=("act", "labels"))
    over = finished(world, job)
    assert "Everything is ready" in over.text
    names = ["letters.pdf", "labels.pdf", "mail-list.pdf", "manifest.pdf"]
    for name in names:
        file = visitor.ask("GET", over.link(f"Download: {name}"))
        assert file.headers["Content-Disposition"] == f'attachment; filename="{name}"'
        assert PdfReader(BytesIO(file.data)).pages
    assert visitor.get(f"{job.path}/files/5").status == 404
    assert visitor.get(f"{job.path}/files/0").status == 404
    back = visitor.get(f"/people/{world.person_id}/print").link("To the files")
    assert visitor.get(back).text == over.text
    visitor.submit(page, "/print", button=("act", "letters"))
    assert visitor.get(f"{job.path}/files/1").status == 404  # the next ones take their place
    bulk_jobs.stop_all(world.instance.desk)
    assert not any(one.files for one in bulk_jobs._jobs.values())


def test_while_it_runs_the_page_comes_again_and_can_stop_it(
    world: World, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.with_person()
    job = bulk_jobs._Job("J-RUNNING", world.person_id, world.instance.settings.instance,
                         bulk_jobs.BulkState(3, 40))
    monkeypatch.setitem(bulk_jobs._jobs, "J-RUNNING", job)
    page = visitor.get("/jobs/J-RUNNING")
    assert re.search(r'<noscript><meta http-equiv="refresh" content="2"></noscript>', page.html)
    assert '<progress aria-label="Pieces that are done" value="3" max="40">' in page.html
    assert "3 of 40 pieces are done." in page.text
    prints = visitor.get(f"/people/{world.person_id}/print")
    assert visitor.get(prints.link("See how far it is, or stop it")).text == page.text
    visitor.submit(page, "/cancel")
    assert job.stop.is_set()
    job.state = bulk_jobs.BulkState(5, 40, finished=True, cancelled=True)
    assert "Stopped" in visitor.get(page.path).text
    job.state = bulk_jobs.BulkState(finished=True, error="The disk is full. Make room.")
    failed = visitor.get(page.path)
    assert "The disk is full. Make room." in failed.text
    job.state = bulk_jobs.BulkState()
    assert "Looking at what is to be made" in visitor.get(page.path).text
    job.state = bulk_jobs.BulkState(finished=True)


def test_while_other_work_runs_nothing_else_begins(
    world: World, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preparing, "MANY", 1)

    def busy(*_about: object, **_more: object) -> str:
        raise Refused("Other letters are being prepared at this moment.", remedy="Wait.")

    monkeypatch.setattr(bulk_jobs, "start", busy)
    page = visitor.submit(world.planned("sample-post", "sample-form"), "/requests")
    assert "Other letters are being prepared" in page.html
    assert "2 requests are not written yet." in page.text
    again = visitor.submit(page, "/prepare")
    assert "Other letters are being prepared" in again.html


def test_printing_and_packing_read_no_whole_history(world: World, visitor: Visitor) -> None:
    printing(world)
    with statements() as told:
        page = visitor.get(f"/people/{world.person_id}/print")
        packed = visitor.get(f"/people/{world.person_id}/documents.zip")
    assert "1 letter waits to be posted" in page.text
    assert packed.status == 200
    assert any("FROM document" in one for one in told)
    histories = [one for one in told if "FROM request_event" in one]
    assert all("last_look IN" in one or ".event IN" in one for one in histories), histories


def test_ids_of_others_lead_nowhere(world: World, visitor: Visitor) -> None:
    page = printing(world)
    token = next(e.get("value") for e in page.root.iter("input")
                 if e.get("name") == "print-csrf_token")
    assert visitor.get("/jobs/J-AAAAAA").status == 404
    assert visitor.ask("GET", "/jobs/J-AAAAAA/state").status_code == 404
    for path in ("/jobs/J-AAAAAA/cancel", "/people/P-AAAAAA/print", "/people/P-AAAAAA/prepare"):
        assert visitor.ask("POST", path, data=f"csrf_token={token}").status_code == 404, path


def test_a_letter_that_has_left_is_not_printed_again(world: World, visitor: Visitor) -> None:
    page = printing(world)
    visitor.submit(visitor.get(f"/requests/{letter(world)}"), "/sent")
    gone = visitor.submit(page, "/print", button=("act", "letters"))
    assert "No letter waits to be posted." in gone.text
    assert letters.documents_of(world.instance.desk, letter(world))


def test_what_was_written_later_is_printed_with_the_rest(world: World, visitor: Visitor) -> None:
    page = late(world)
    visitor.submit(visitor.get(page.path + "/letters/reminder"), "/letters/reminder",
                   button=("act", "make"))
    listed = visitor.get(f"/requests?person={world.person_id}")
    shown = visitor.get(listed.link("Print letters to post"))
    assert "1 letter waits to be posted" in shown.text
    assert "· Reminder" in shown.text
    made = visitor.submit(shown, "/print", button=("act", "manifest"))
    text = PdfReader(BytesIO(made.response.data)).pages[0].extract_text()
    assert "reminder" in text
    requests.mark(world.instance.desk, letter(world), "claim_removed", actor=OWNER)
    over = visitor.get(shown.path)
    assert "1 letter is written, and may not go today" in over.text
    assert "does not fit any more" in over.text
    assert "No letter waits" not in over.text
    assert visitor.submit(shown, "/print", button=("act", "letters")).path == shown.path
    drafted = visitor.get(listed.path)
    assert drafted.link("Print letters to post"), "the page says why it cannot go"


def test_many_letters_written_later_are_printed_in_the_background(
    world: World, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = late(world)
    visitor.submit(visitor.get(page.path + "/letters/reminder"), "/letters/reminder",
                   button=("act", "make"))
    shown = visitor.get(f"/people/{world.person_id}/print")
    monkeypatch.setattr(preparing, "MANY", 0)
    over = finished(world, visitor.submit(shown, "/print", button=("act", "letters")))
    file = visitor.ask("GET", over.link("Download: letters.pdf"))
    (mark,) = PdfReader(BytesIO(file.data)).outline
    assert "reminder" in str(mark)
