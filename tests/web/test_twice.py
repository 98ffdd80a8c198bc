"""Double clicks, two tabs, and what comes next: nothing twice, nothing in silence."""

from __future__ import annotations

import io
from threading import Thread

import pytest

from optout.domain.words import Event, Standing
from optout.services import requests
from optout.web import headers
from tests.everyone import every_request
from tests.web.conftest import World
from tests.web.visitor import ORIGIN, Page, Visitor


def events(world: World, page: Page) -> list[Event]:
    """The history of the request that a page shows."""
    file = requests.get_request(world.instance.desk, page.path.split("/")[2])
    return [event.event for event in file.events]


def test_a_double_click_on_undo_takes_back_one_entry(world: World, visitor: Visitor) -> None:
    sent = visitor.submit(world.asked("sample-post"), "/sent")
    visitor.submit(sent, "/undo")
    page = visitor.submit(sent, "/undo")
    assert "nothing was written twice" in page.html
    assert events(world, page) == [Event.PREPARE, Event.MARK_SENT, Event.UNDO]


def test_a_double_click_on_sent_is_written_once(world: World, visitor: Visitor) -> None:
    ready = world.asked("sample-post")
    visitor.submit(ready, "/sent")
    page = visitor.submit(ready, "/sent")
    assert (page.status, events(world, page)) == (200, [Event.PREPARE, Event.MARK_SENT])


def test_a_double_click_on_an_answer_is_written_once(world: World, visitor: Visitor) -> None:
    sent = visitor.submit(world.asked("sample-post"), "/sent")
    for _click in range(2):
        page = visitor.submit(sent, "/answer", {"answer-reading": "partly"})
    assert len(events(world, page)) == 3


def test_a_double_click_on_a_look_is_written_once(world: World, visitor: Visitor) -> None:
    sent = visitor.submit(world.asked("sample-post"), "/sent")
    for _click in range(2):
        page = visitor.submit(sent, "/events", {"event-event": "look_not_found"})
    assert events(world, page).count(Event.LOOK_NOT_FOUND) == 1


def test_two_clicks_at_the_same_moment_are_one(world: World, visitor: Visitor) -> None:
    sent = visitor.submit(world.asked("sample-post"), "/sent")
    cookie = visitor.client.get_cookie("optout-5170", domain="127.0.0.1")
    assert cookie is not None

    def click() -> None:
        another = world.another()
        another.client.set_cookie("optout-5170", cookie.value, domain="127.0.0.1")
        another.submit(sent, "/events", {"event-event": "look_not_found"})

    clicks = [Thread(target=click) for _click in range(3)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()
    assert events(world, sent).count(Event.LOOK_NOT_FOUND) == 1


def test_a_double_click_on_making_the_requests_makes_them_once(
    world: World, visitor: Visitor
) -> None:
    plan = world.planned("sample-post", "sample-form")
    visitor.submit(plan, "/requests")
    visitor.submit(plan, "/requests")
    assert len(every_request(world.instance.desk)) == 2


def test_sending_is_never_ticked_off_the_list_of_what_is_due(
    world: World, visitor: Visitor
) -> None:
    visitor.submit(world.planned("sample-post", "sample-form"), "/requests")
    page = visitor.get("/due")
    assert "Waiting to be sent (2)" in page.text
    assert not [form for form in page.root.iter("form")
                if (form.get("action") or "").endswith("/done")]
    assert visitor.get(page.link("Send the first one")).text.count("Mark as sent") == 0
    assert "When it has left" in visitor.get(page.link("Send the first one")).text


def test_many_unsent_requests_are_folded(world: World, visitor: Visitor) -> None:
    visitor.submit(world.planned("sample-post", "sample-form"), "/requests")
    assert "Show all of them" not in visitor.get("/due").text


def test_one_request_leads_to_the_next(world: World, visitor: Visitor) -> None:
    page = visitor.submit(world.planned("sample-post", "sample-form"), "/requests")
    assert "2 requests are ready and wait for you" in page.text
    first = visitor.get(page.link("Send the first one"))
    assert "Send the next one" not in first.text
    sent = visitor.submit(first, "/sent")
    assert "1 more is ready." in sent.text
    second = visitor.get(sent.link("Send the next one"))
    assert second.path != first.path
    assert "Send the next one" not in visitor.submit(second, "/sent").text
    standings = {f.request.standing for f in every_request(world.instance.desk)}
    assert standings == {Standing.SENT}


def test_long_answers_never_pass_through_a_file_on_disk(
    world: World, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(headers, "SHORT", 100)
    handed: list[bytes] = []

    def in_memory(file: io.BytesIO, _size: int) -> list[bytes]:
        assert isinstance(file, io.BytesIO)
        handed.append(file.getvalue())
        return [file.getvalue()]

    world.with_person()
    page = visitor.client.get("/people", base_url=ORIGIN,
                              environ_overrides={"wsgi.file_wrapper": in_memory})
    assert page.status_code == 200
    assert b"Zanzibarson" in handed[0]
    assert page.content_length == len(handed[0]) == len(page.data)
