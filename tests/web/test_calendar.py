"""Months and days of tasks; the file; the private address, which nobody needs to be there for."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from werkzeug.test import TestResponse

from optout.domain.discretion import Discretion, Medium
from optout.domain.person import Person
from optout.services import discretion, feed, month, people
from tests.conftest import MONDAY
from tests.factories import californian
from tests.page_checks import elements, text_of
from tests.services.calendar_tasks import put
from tests.web.conftest import PASSPHRASE, World
from tests.web.visitor import Page


@dataclass
class Months:
    """A world with two people."""

    world: World
    avery: Person
    other: Person

    def put(self, on: date, number: int = 1, *, person: Person | None = None) -> None:
        for _ in range(number):
            put(self.world.instance.desk, (person or self.avery).id, on,
                broker="sample-people-search")

    def page(self, path: str = "/calendar") -> Page:
        return self.world.visitor.get(path)


@pytest.fixture
def months(world: World) -> Months:
    """Set up, with two people and no task."""
    world.set_up()
    desk = world.instance.desk
    return Months(world, people.add_person(desk, californian(), actor="owner"),
                  people.add_person(desk, californian(), actor="owner"))


def cells(page: Page) -> dict[str, str]:
    """The text of each day of the month that has tasks."""
    found = {}
    for cell in elements(page.root, "td"):
        if links := list(elements(cell, "a")):
            day = next(elements(cell, "time")).get("datetime") or ""
            assert f"/calendar/{day}" in (links[0].get("href") or "")
            found[day] = text_of(cell)
    return found


def test_a_month_shows_its_days_with_counts_and_leads_on(months: Months) -> None:
    months.put(MONDAY)
    months.put(MONDAY + timedelta(days=1), month.MOST_IN_A_DAY + 12, person=months.other)
    months.put(date(2026, 12, 1))
    months.put(date(2026, 10, 31))
    page = months.page()
    (table,) = elements(page.root, "table")
    assert text_of(next(elements(table, "caption"))) == "November 2026"
    assert [head.get("scope") for head in elements(table, "th")] == ["col"] * 7
    found = cells(page)
    assert list(found) == ["2026-11-23", "2026-11-24"]
    assert "Sample People Search" in found["2026-11-23"]
    assert "Look again" in found["2026-11-23"]
    assert "and 12 more" in found["2026-11-24"]
    assert f"{month.MOST_IN_A_DAY + 12}" in found["2026-11-24"]
    assert f'href="/people/{months.other.id}/recheck?place=sample-people-search"' in page.html
    assert months.other.main_name.full in found["2026-11-24"]
    (today,) = [cell for cell in elements(page.root, "td") if cell.get("aria-current") == "date"]
    assert "23" in text_of(today)
    assert list(cells(months.page(page.link("Month after")))) == ["2026-12-01"]
    assert list(cells(months.page(page.link("Month before")))) == ["2026-10-31"]
    day = months.page(page.link("and 12 more"))
    assert day.heading == "Tuesday, November 24, 2026"
    assert len(list(elements(next(elements(day.root, "main")), "li"))) == month.MOST_IN_A_DAY + 12


def test_a_clinic_sees_one_person_alone(months: Months) -> None:
    months.put(MONDAY, 2)
    months.put(MONDAY, 3, person=months.other)
    shown = months.page(f"/calendar?month=2026-11&person={months.avery.id.lower()}")
    assert text_of(next(elements(shown.root, "caption"))) == "November 2026"
    assert "2 tasks" in shown.html
    assert months.avery.main_name.full in shown.text
    assert f"/people/{months.other.id}" not in shown.html
    assert f"person={months.avery.id}" in shown.link("Month after")
    (chosen,) = [e for e in elements(shown.root, "option") if e.get("selected") is not None]
    assert chosen.get("value") == months.avery.id, "one chooses by name, not by id"
    day = months.page(shown.link("2"))
    assert day.html.count("/people/P-") == 2
    assert "for " not in day.text
    assert months.page("/calendar?person=P-222222").status == 404
    assert months.page("/calendar/2026-11-23?person=P-222222").status == 404


def test_a_day_is_shown_by_pages(months: Months, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(month, "DAY_PAGE", 2)
    months.put(MONDAY, 3)
    first = months.page("/calendar/2026-11-23")
    assert first.html.count("Sample People Search") == 2
    assert "Back to the first ones" not in first.text
    second = months.page(first.link("Show the next ones"))
    assert second.html.count("Sample People Search") == 1
    assert "Show the next ones" not in second.text
    assert second.link("Back to the first ones") == "/calendar/2026-11-23"
    assert "month=2026-11" in second.link("Back to the month")


def test_a_crowded_day_is_counted_up_to_a_limit(
    months: Months, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(month, "MOST_COUNTED", 5)
    months.put(MONDAY, 8)
    (crowded,) = cells(months.page()).values()
    assert "5+" in crowded
    assert "and many more" in crowded


def test_what_is_no_day_is_not_found_and_empty_ones_say_so(months: Months) -> None:
    for path in ("?month=2026-13", "?month=x", "/2026-02-30", "/x", "?month=0001-01",
                 "/9999-12-31"):
        assert months.page(f"/calendar{path}").status == 404
    assert "No task falls in this month" in months.page("/calendar?month=2027-02").text
    assert "No task falls on this day" in months.page("/calendar/2027-02-01").text
    far = months.page(f"/calendar/2027-02-01?after={10**30}")
    assert "No task falls on this day" in far.text


def test_the_address_is_made_renewed_and_taken_back_on_its_page(months: Months) -> None:
    world, visitor = months.world, months.world.visitor
    months.put(MONDAY)
    page = visitor.get("/calendar/programs")
    assert "It is off" in page.text
    page = visitor.submit(page, "/on")
    shown = {e.get("id"): text_of(e) for e in elements(page.root, "code")}["feed-address"]
    living = feed.address(world.instance.desk)
    assert living is not None
    assert shown == f"http://127.0.0.1:5170/feed/{living.token}.ics"
    assert f'href="{shown}' not in page.html
    assert "not on its usual one" not in page.text
    path = f"/feed/{living.token}.ics"
    assert world.another().ask("GET", path).status_code == 200
    page = visitor.submit(page, "/renew")
    assert world.another().ask("GET", path).status_code == 404
    assert "The old one opens nothing" in page.text
    page = visitor.submit(page, "/off")
    assert "It is off" in page.text
    assert feed.address(world.instance.desk) is None


def test_another_port_than_the_usual_one_is_told(months: Months) -> None:
    feed.switch_on(months.world.instance.desk, actor="owner")
    answer = months.world.visitor.client.get(
        "/calendar/programs", base_url="http://127.0.0.1:5199",
        headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 303  # a session belongs to the port on which it began
    state = months.world.app.extensions["optout"]
    object.__setattr__(state.instance.desk, "settings", replace(
        state.instance.desk.settings, port=5199))
    page = months.page("/calendar/programs")
    assert "runs on port 5170 today and not on its usual one, 5199" in page.text


def test_how_much_is_said_is_chosen_on_the_page_and_asked_first_at_risk(months: Months) -> None:
    world, visitor = months.world, months.world.visitor
    desk = world.instance.desk
    page = visitor.get("/calendar/programs")
    page = visitor.submit(page, "/calendar/programs", {"discretion": "company"})
    assert page.status == 200
    assert "Kept." in page.html
    people.set_instance_at_risk(desk, value=True, actor="owner")

    def said() -> Discretion:
        with desk.store.reading() as session:
            return discretion.discretion_of(session, Medium.CALENDAR)

    assert said() is Discretion.NUMBER
    page = visitor.get("/calendar/programs")
    page = visitor.submit(page, "/calendar/programs", {"discretion": "kind"})
    assert page.status == 422
    assert "Is it safe if somebody else reads these reminders?" in page.text
    assert said() is Discretion.NUMBER
    page = visitor.submit(page, "/calendar/programs", {"discretion": "kind", "accepted": "y"})
    assert "Kept." in page.html
    assert said() is Discretion.KIND
    page = visitor.submit(page, "/calendar/programs", {"discretion": "all"})
    assert page.status == 422
    assert page.errors


def living_path(world: World) -> str:
    living = feed.switch_on(world.instance.desk, actor="owner")
    return f"/feed/{living.token}.ics"


def test_a_program_reads_the_feed_without_a_session_and_only_what_is_new(months: Months) -> None:
    world = months.world
    months.put(MONDAY)
    path = living_path(world)
    program = world.app.test_client()
    here = {"base_url": "http://127.0.0.1:5170"}
    answer = program.get(path, **here)
    assert (answer.status_code, answer.content_type) == (200, "text/calendar; charset=utf-8")
    assert answer.data.count(b"BEGIN:VEVENT") == 1
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    again = program.get(path, headers={"If-None-Match": answer.headers["ETag"]}, **here)
    assert (again.status_code, again.data) == (304, b"")
    head = program.head(path, **here)
    assert (head.status_code, head.data, head.headers["ETag"]) == (
        200, b"", answer.headers["ETag"])
    assert int(head.headers["Content-Length"]) == len(answer.data)
    assert program.post(path, **here).status_code in {400, 405}
    assert program.get(path, base_url="http://evil.example:5170").status_code == 400
    foreign = program.get(path, headers={"Sec-Fetch-Site": "cross-site"}, **here)
    assert foreign.status_code == 403
    assert b"VEVENT" not in foreign.data


def test_a_wrong_address_looks_like_any_page_that_is_not_there(months: Months) -> None:
    world = months.world
    living_path(world)
    nowhere = seen(world.another().ask("GET", "/nowhere"))
    for path in ("/feed/x.ics", "/feed/.ics", f"/feed/_{'a' * 43}.ics"):
        answer = world.another().ask("GET", path)
        assert answer.status_code == 404
        assert seen(answer) == nowhere
        assert "Set-Cookie" not in answer.headers


def seen(answer: TestResponse) -> tuple[str, dict[str, str]]:
    """A page as others see it, but for the chance in its form token."""
    headers = {name: value for name, value in answer.headers if name != "Set-Cookie"}
    words = answer.get_data(as_text=True)
    return re.sub(r'(name="csrf_token" value=)"[^"]+"', r"\1", words), headers


def test_locked_it_says_later_and_nothing_else_whatever_the_address(months: Months) -> None:
    world = months.world
    path = living_path(world)
    world.app.extensions["optout"].lock()
    for asked in (path, "/feed/x.ics"):
        answer = world.another().ask("GET", asked)
        assert (answer.status_code, answer.data) == (503, b"")
        assert int(answer.headers["Retry-After"]) > 0
        assert "Set-Cookie" not in answer.headers
    assert not world.instance.is_open


def test_before_the_first_run_there_is_nothing(world: World) -> None:
    assert world.another().ask("GET", "/feed/x.ics").status_code == 404


def test_asking_for_news_is_no_sign_of_life(months: Months) -> None:
    """Neither from a program nor from the browser that holds the session."""
    world, visitor = months.world, months.world.visitor
    path = living_path(world)
    found = []
    for minutes in (0, 5, 5, 6):
        world.clock._now += timedelta(minutes=minutes)  # the hand moves by hours
        found.append((visitor.ask("GET", path).status_code, world.instance.is_open))
    assert found == [(200, True), (200, True), (200, True), (503, False)]
    assert visitor.get("/calendar").heading == "Unlock"
    page = visitor.submit(visitor.get("/unlock"), "/unlock", {"passphrase": PASSPHRASE})
    assert page.status == 200
    assert visitor.ask("GET", path).status_code == 200


def test_our_own_mistake_tells_no_log_the_address(
    months: Months, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    path = living_path(months.world)
    monkeypatch.setattr("optout.services.calendar.feed", lambda _: 1 / 0)
    answer = months.world.another().ask("GET", path)
    assert answer.status_code == 500
    token = path.removeprefix("/feed/").removesuffix(".ics")
    assert caplog.records
    assert token not in caplog.text
    assert token.encode() not in answer.data
