"""A canary person on every page of the app: seen by who looks, in no address, title or log."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import pytest
from werkzeug.routing import BuildError
from werkzeug.test import TestResponse

from optout import logs
from optout.domain.actor import OWNER
from optout.domain.discretion import Discretion, Medium
from optout.domain.outcome_words import LookResult
from optout.domain.person import ContactPoint, Person, PersonName
from optout.domain.words import Event
from optout.services import calendar, discretion, feed, followups, looks, people, requests
from optout.services import reminders as letters
from tests.attacks.situations import PLAIN
from tests.attacks.test_canary import CANARY, traces
from tests.documents.foreign_pictures import screenshot
from tests.factories import californian
from tests.page_checks import elements, parse, text_of
from tests.web.conftest import World

NAME = f"{CANARY['given']} {CANARY['family']}"
WORDS = f"Ask {CANARY['former']} in {CANARY['city']}"
LISTING = f"https://people.example.com/{CANARY['street']}"
TYPED = {"text", "search", "url", "tel", "email"}
LED_TO = {"a": "href", "form": "action", "link": "href", "script": "src", "img": "src"}


@pytest.fixture
def canary(world: World) -> Person:
    """The person, with a request, a look with its picture, a reminder and words on each."""
    world.set_up()
    desk = world.instance.desk
    person = people.add_person(desk, replace(
        californian(), names=(PersonName(CANARY["given"], CANARY["family"]),),
        emails=(ContactPoint(f"{CANARY['mailbox']}@example.com"),)), actor=OWNER)
    (file,) = requests.create_requests(desk, person.id, [PLAIN], actor=OWNER)
    for event in (Event.PREPARE, Event.MARK_SENT):
        requests.mark(desk, file.request.id, event, actor=OWNER)
    requests.mark(desk, file.request.id, Event.CLAIM_REMOVED, detail=WORDS, actor=OWNER)
    looks.record_look(desk, person.id, PLAIN, LookResult.LISTED, url=LISTING,
                      proof=(f"{NAME}.png", screenshot()), actor=OWNER)
    for ahead in (0, 3):
        followups.remind_me(desk, on=desk.clock.today() + timedelta(days=ahead), words=WORDS,
                            request_id=file.request.id, actor=OWNER)
    feed.switch_on(desk, actor=OWNER)
    return person


def places(world: World, person: Person) -> list[str]:
    """The address of every page of the app that can be asked for."""
    desk = world.instance.desk
    task = followups.due(desk)[0].follow_up
    known: dict[str, Any] = {
        "person_id": person.id, "request_id": task.request_id, "broker_id": PLAIN,
        "follow_up_id": task.id, "day": desk.clock.today().isoformat(), "group": "today"}
    found = []
    with world.app.test_request_context():
        for rule in world.app.url_map.iter_rules():
            if "GET" in (rule.methods or ()) and rule.arguments <= known.keys():
                try:
                    found.append(world.app.url_for(
                        rule.endpoint, **{name: known[name] for name in rule.arguments}))
                except BuildError:
                    continue
    return [path for path in found if not path.startswith(("/lock", "/unlock", "/static"))]


def given_away(answer: TestResponse) -> list[bytes]:
    """Traces of the canary where others than who looks at the page may meet them."""
    told = [f"{name}: {value}" for name, value in answer.headers]
    if answer.mimetype == "text/html":
        root = parse(answer.get_data(as_text=True))
        told += [text_of(title) for title in elements(root, "title")]
        told += [address for tag, name in LED_TO.items() for one in elements(root, tag)
                 if (address := one.get(name) or "").startswith(("/", "?", "#"))]
    return traces(unquote("\n".join(told)).encode())


def remembered(answer: TestResponse) -> list[str]:
    """Controls whose words a browser would offer to whoever sits down next."""
    if answer.mimetype != "text/html":
        return []
    return [one.get("name") or "" for form in elements(parse(answer.get_data(as_text=True)), "form")
            for one in elements(form, "input", "textarea")
            if one.get("type", "text") in TYPED and "off" not in (
                one.get("autocomplete"), form.get("autocomplete"))]


def test_no_page_gives_the_canary_away_to_history_title_log_or_file_name(
    world: World, canary: Person
) -> None:
    told = io.StringIO()
    logs.set_up("debug", told)
    visitor = world.visitor
    shown = 0
    paths = places(world, canary)
    assert len(paths) > 50
    for path in paths:
        answer = visitor.ask("GET", path)
        assert answer.status_code < 500, path
        assert given_away(answer) == [], path
        assert remembered(answer) == [], path
        shown += bool(traces(answer.data))
    assert shown > 10, "the canary must be visible where it may be"
    for words in (CANARY["family"], CANARY["former"], CANARY["street"], "canary."):
        found = visitor.submit(visitor.get("/search"), "/search", {"words": words})
        assert given_away(found.response) == []
    table = visitor.submit(visitor.get("/requests/export"), "/requests/export").response
    assert traces(table.data)
    assert given_away(table) == []
    assert traces(unquote("\n".join(visitor.seen)).encode()) == []
    assert traces(told.getvalue().encode()) == []


@pytest.mark.parametrize("level", list(Discretion))
def test_no_reminder_names_the_canary_however_much_it_says(
    world: World, canary: Person, level: Discretion
) -> None:
    desk = world.instance.desk
    people.add_person(desk, californian(), actor=OWNER)
    for medium in (Medium.CALENDAR, Medium.MAIL):
        discretion.choose(desk, medium, level, actor=OWNER)
    said = (b"".join(calendar.calendar_file(desk)) + calendar.feed(desk).content
            + "\n".join(letters.preview(desk)).encode())
    assert (canary.id.encode() in said) is (level is Discretion.COMPANY)
    assert traces(said) == []
