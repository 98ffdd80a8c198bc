"""The first run with nothing but a keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import CALIFORNIAN, PASSPHRASE
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

MOST_STEPS = 80
FOCUSED = """() => {
  const e = document.activeElement;
  const style = getComputedStyle(e);
  const seen = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
  const label = e.labels && e.labels.length ? e.labels[0].textContent : '';
  const words = e.matches('input[type=submit]') ? e.value : label || e.textContent;
  return [(e.getAttribute('aria-label') || words).trim(), seen];
}"""
"""What has the focus: its name, and whether one can see that it has it."""


def _tab_to(page: Page, name: str) -> None:
    """Press Tab until the thing of this name has the focus, and can be seen to have it."""
    passed: list[str] = []
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        found, seen = page.evaluate(FOCUSED)
        if found.startswith(name):
            assert seen, f"nobody can see that “{found}” has the focus"
            return
        passed.append(found)
    raise AssertionError(f"“{name}” cannot be reached; passed {passed}")


def _enter(visitor: Visitor, heading: str) -> None:
    """Press Enter and arrive."""
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")
    visitor.arrived()
    assert visitor.heading == heading, visitor.text


def test_the_first_request_is_made_by_keyboard_alone(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open(visitor.app.link)
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)[0] == "Skip to the content"
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    _tab_to(page, "Begin")
    _enter(visitor, "First, your safety")
    _tab_to(page, "Yes, or I am not sure")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("No", exact=True)).to_be_checked()
    _tab_to(page, "Continue")
    _enter(visitor, "Choose a passphrase")
    _tab_to(page, "Passphrase")
    page.keyboard.type(PASSPHRASE)
    _tab_to(page, "The same passphrase again")
    page.keyboard.type(PASSPHRASE)
    _enter(visitor, "About you")
    _describe(visitor)
    _tab_to(page, "Name or web address")
    page.keyboard.type("Spokeo")
    _enter(visitor, "Choose companies")
    _tab_to(page, "Spokeo")
    page.keyboard.press("Space")
    _tab_to(page, "Show the plan")
    _enter(visitor, "Plan")
    _tab_to(page, "Link of your listing there")
    page.keyboard.type("https://www.spokeo.com/listing-of-wobblewick")
    _enter(visitor, "Plan")
    _tab_to(page, "Make the requests")
    _enter(visitor, "Requests")
    _tab_to(page, "Spokeo")
    page.keyboard.press("Enter")
    page.wait_for_url("**/requests/OPT-*")
    visitor.arrived()
    visitor.sees("Ready to send")
    _tab_to(page, "Mark as sent")
    page.keyboard.press("Enter")
    visitor.sees("Sent, no answer yet")
    visitor.arrived()


def _describe(visitor: Visitor) -> None:
    page = visitor.page
    for label, words in (("Given name", CALIFORNIAN.given), ("Family name", CALIFORNIAN.family),
                         ("State or country", "California"),
                         ("E-mail address for answers", CALIFORNIAN.reply_email)):
        _tab_to(page, label)
        page.keyboard.type(words)
    expect(page.get_by_label("State or country")).to_have_value("US-CA")
    _enter(visitor, "What should be covered?")
    _tab_to(page, "Choose companies by hand")
    _enter(visitor, "Choose companies")
