"""Looking through the registry: on a phone, in the dark, without scripts, and at risk."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.browser.server import App
from tests.browser.steps import come_back, set_up
from tests.browser.visitor import PHONE, Visitor

pytestmark = pytest.mark.browser

LISTING = "https://www.spokeo.com/listing-of-wobblewick"


def _look(visitor: Visitor, name: str) -> None:
    """Search for a company and open its page."""
    visitor.follow("Companies", within=visitor.find("navigation", "Main"))
    visitor.page.get_by_label("Name or web address").fill(name)
    visitor.press("Search")
    visitor.follow(name)
    assert visitor.heading == name


def test_a_company_is_found_read_corrected_and_chosen(californian: str, visitor: Visitor) -> None:
    come_back(visitor, californian)
    _look(visitor, "Spokeo")
    visitor.sees("Ways out")
    visitor.sees("What it needs")
    visitor.press(re.compile("^Add to the companies of"))
    visitor.sees("Spokeo is among the selected companies now.")
    visitor.follow("Correct this entry")
    visitor.page.get_by_label("Web addresses").fill("nothing at all")
    with visitor.refused():
        visitor.press("Save the correction")
    expect(visitor.page.locator("#errors")).to_be_focused()
    visitor.page.locator("#errors").get_by_role("link").first.click()
    expect(visitor.page.get_by_label("Web addresses")).to_be_focused()
    visitor.page.get_by_label("Web addresses").fill("spokeo.com")
    visitor.page.get_by_label("Note").fill("The form moved to another page.")
    visitor.press("Save the correction")
    visitor.sees("Your words are in force.")
    visitor.press("Take my correction back")
    visitor.sees("Taken back.")
    visitor.follow(re.compile("^Selected for"))
    visitor.sees("Your selection (1)")


def test_every_page_of_the_registry_fits_a_phone_in_light_and_dark(
    californian: str, app: App, window: Opener
) -> None:
    visitor = window(app, size=PHONE, schemes=("light", "dark"), unfolds=True)
    come_back(visitor, californian)
    visitor.open("/registry/?told=sold_law_enforcement&sort=median_days")
    visitor.sees("their own answer; nobody checked it")
    visitor.open("/registry/?q=flock")
    visitor.page.locator(".pick-name").first.click()
    visitor.arrived()
    visitor.sees("Why there is no request to make")
    for name in ("radaris", "lexisnexis-accurint", "peopleconnect"):
        visitor.open(f"/registry/companies/{name}")
    visitor.press(re.compile("^Report as outdated"))
    visitor.sees("you will be asked to look first")
    visitor.follow("Correct this entry")
    visitor.open("/registry/add")
    with visitor.refused():
        visitor.press("Add this company")


def test_without_scripts_and_at_risk_a_link_finds_its_company_and_leaves_no_trace(
    app: App, window: Opener
) -> None:
    visitor = window(app, scripts=False)
    set_up(visitor, at_risk=True)
    visitor.follow("Companies", within=visitor.find("navigation", "Main"))
    expect(visitor.find("button", "Leave quickly")).to_be_visible()
    visitor.follow("Whose listing is this?")
    visitor.page.get_by_label("Link of the page").fill(LISTING)
    visitor.press("Whose is it?")
    visitor.sees("It belongs to Spokeo")
    visitor.page.get_by_label("Link of the page").fill("https://newcomer.example/a/1")
    visitor.press("Whose is it?")
    visitor.press("Add this company")
    assert visitor.page.get_by_label("Web address", exact=True).input_value() == "newcomer.example"
    visitor.page.get_by_label("Name of the company").fill("Newcomer Search")
    visitor.page.get_by_label("Kind").select_option("People search")
    visitor.page.get_by_label("Link of the page where you read this").fill(
        "https://newcomer.example/privacy")
    visitor.page.get_by_label("How it lets people out").select_option("E-mail")
    visitor.page.get_by_label("Where that goes").fill("privacy@newcomer.example")
    visitor.page.get_by_label("Full name").check()
    visitor.press("Add this company")
    visitor.sees("You added this company.")
    expect(visitor.find("button", "Leave quickly")).to_be_visible()
