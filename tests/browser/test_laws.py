"""Rights, laws and clocks: on a phone, in the dark, by keyboard, without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.browser.people import BERLINER, CALIFORNIAN
from tests.browser.server import App
from tests.browser.steps import (
    ask_by,
    choose_companies,
    come_back,
    describe,
    make_the_requests,
    mark_as_sent,
    open_request,
    set_up,
)
from tests.browser.visitor import PHONE, Visitor

pytestmark = pytest.mark.browser

OFFICIALS = "us-federal-anderl"


def _rights_of(visitor: Visitor, name: str) -> None:
    """Open the rights of a person from the list of people."""
    visitor.follow("People", within=visitor.find("navigation", "Main"))
    visitor.follow(name)
    visitor.follow("Your rights")


def _go_on(visitor: Visitor) -> None:
    """Press the button after the control that has the focus."""
    visitor.page.keyboard.press("Tab")
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")
    visitor.arrived()


def test_rights_laws_and_clocks_fit_a_phone_in_light_and_dark(
    californian: str, app: App, window: Opener
) -> None:
    visitor = window(app, size=PHONE, schemes=("light", "dark"), unfolds=True)
    come_back(visitor, californian)
    choose_companies(visitor, ["Spokeo"])
    ask_by(visitor, "Spokeo", "Letter by post")
    make_the_requests(visitor)
    open_request(visitor, "Spokeo")
    mark_as_sent(visitor)
    expect(visitor.page.locator("svg.timeline").first).to_be_visible()
    _rights_of(visitor, CALIFORNIAN.full_name)
    visitor.sees("One request for all")
    visitor.follow("All laws that this program knows")
    visitor.follow("Minnesota Consumer Data Privacy Act")
    visitor.open("/laws/us-states-acp-pointer")
    visitor.open("/rights")
    with visitor.refused():
        visitor.press("Show the rights there")


def test_somebody_in_berlin_finds_who_hears_a_complaint_without_scripts(
    app: App, window: Opener
) -> None:
    visitor = window(app, scripts=False)
    set_up(visitor)
    describe(visitor, BERLINER)
    _rights_of(visitor, BERLINER.full_name)
    visitor.unfold("If they refuse, or do not answer")
    visitor.page.locator("summary").filter(has_text=re.compile("^Berlin$")).click()
    visitor.sees("Berliner Beauftragte für Datenschutz und Informationsfreiheit")


def test_an_answer_for_one_view_leaves_no_trace(app: App, window: Opener) -> None:
    visitor = window(app, scripts=False)
    set_up(visitor, at_risk=True)
    visitor.follow("Rights", within=visitor.find("navigation", "Main"))
    visitor.page.get_by_label("State or country").select_option("New York")
    visitor.press("Show the rights there")
    visitor.sees("You are not without means:")
    expect(visitor.find("button", "Leave quickly")).to_be_visible()
    box = visitor.page.locator(f"#declared-{OFFICIALS}")
    box.check()
    visitor.press("Show what these laws would give")
    expect(box).to_be_checked()
    expect(visitor.page.locator(f"#declared-{OFFICIALS}-law-head")).to_be_visible()
    assert not [url for url in visitor.urls if OFFICIALS in url or "US-NY" in url]
    visitor.open("/rights")
    visitor.page.get_by_label("State or country").select_option("New York")
    visitor.press("Show the rights there")
    expect(box).not_to_be_checked()
    assert OFFICIALS not in app.said


def test_every_date_of_a_clock_opens_by_keyboard(californian: str, visitor: Visitor) -> None:
    come_back(visitor, californian)
    choose_companies(visitor, ["Spokeo"])
    ask_by(visitor, "Spokeo", "Letter by post")
    make_the_requests(visitor)
    open_request(visitor, "Spokeo")
    mark_as_sent(visitor)
    dates = visitor.page.locator(".clock-dates details")
    assert dates.count() >= 4
    for number in range(dates.count()):
        date = dates.nth(number)
        date.locator("summary").focus()
        visitor.page.keyboard.press("Enter")
        expect(date.locator(".arithmetic li").first).to_be_visible()
        expect(date.locator(".cite")).to_have_text(re.compile("§"))
    visitor.fits()
    visitor.inspect()


def test_who_sends_the_request_is_chosen_by_keyboard(visitor: Visitor) -> None:
    set_up(visitor)
    visitor.follow("Rights", within=visitor.find("navigation", "Main"))
    place = visitor.page.get_by_label("State or country")
    place.focus()
    visitor.page.keyboard.type("Tex")
    _go_on(visitor)
    visitor.sees("Texas Data Privacy and Security Act")
    visitor.page.get_by_label("Who sends the request?").focus()
    visitor.page.keyboard.type("Somebody whom")
    _go_on(visitor)
    visitor.unfold("What is not offered, and why")
    visitor.sees(re.compile("only opt out for someone"))
