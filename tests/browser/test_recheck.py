"""Looking at forty places again, with nothing but a keyboard."""

from __future__ import annotations

from datetime import timedelta
from itertools import cycle
from pathlib import Path

import pytest
from playwright.sync_api import expect

from optout.domain.actor import OWNER
from optout.domain.person import Person, PersonName
from optout.domain.places import Residence
from optout.services import exposures, people
from tests.browser.before import desk_in
from tests.browser.conftest import Opener
from tests.browser.people import CALIFORNIAN
from tests.browser.server import App
from tests.browser.steps import unlock
from tests.browser.visitor import PHONE

pytestmark = pytest.mark.browser

MANY = 40
KEYS = "fn1234567s"
"""Every answer, and a skip."""

PASTE = """(text) => {
  const data = new DataTransfer();
  data.setData('text', text);
  document.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, cancelable: true}));
}"""


@pytest.fixture
def watched(world: Path) -> str:
    """The id of somebody with forty listings that were seen long ago."""
    with desk_in(world) as desk:
        person = people.add_person(desk, Person(
            names=(PersonName(CALIFORNIAN.given, CALIFORNIAN.family),),
            residences=(Residence("US-CA"),)), actor=OWNER)
        searchable = [broker for broker in desk.registry.brokers.values() if broker.search]
        for broker in searchable[:MANY]:
            exposures.add_exposure(desk, person.id, broker.id, f"https://{broker.domains[0]}/p/1",
                                   on=desk.clock.today() - timedelta(100), actor=OWNER)
    return person.id


def test_forty_places_are_looked_at_by_keyboard_alone(
    watched: str, app: App, window: Opener
) -> None:
    visitor = window(app)
    page = visitor.page
    visitor.open(app.link)
    unlock(visitor)
    visitor.open(f"/people/{watched}/recheck")
    expect(page.locator("#place")).to_be_focused()
    search = page.locator("[data-key=o]")
    search.evaluate("(link) => { link.href = '/help'; }")  # nobody’s site is asked by a test
    with page.context.expect_page() as opened:
        page.keyboard.press("o")
    opened.value.close()
    page.keyboard.press("?")
    expect(page.locator("details[data-key]")).to_have_attribute("open", "")
    page.evaluate(PASTE, "https://listing.example/p/1")
    expect(page.get_by_label("Link of your listing")).to_have_value("https://listing.example/p/1")
    page.keyboard.type("s")  # while one types, no key answers
    expect(page.get_by_label("Link of your listing")).to_be_focused()
    page.locator("#place").focus()
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    visitor.fits()
    for number, key in zip(range(1, MANY), cycle(KEYS), strict=False):
        expect(page.locator("h1")).to_have_text(f"Look again: {number} of {MANY}")
        page.wait_for_load_state("load")
        page.keyboard.press(key)
    expect(page.locator("h1")).to_have_text(f"Look again: {MANY} of {MANY}")
    page.wait_for_load_state("load")
    page.keyboard.press("u")
    expect(page.locator("h1")).to_have_text(f"Look again: {MANY - 1} of {MANY}")
    visitor.arrived()
    visitor.sees("is taken back")
    for number, key in ((MANY - 1, "n"), (MANY, "f")):
        expect(page.locator("h1")).to_have_text(f"Look again: {number} of {MANY}")
        page.wait_for_load_state("load")
        page.keyboard.press(key)
    visitor.sees("5 found, 5 not there, 27 could not be seen, 3 skipped")
    expect(page.locator("#place")).to_be_focused()
    visitor.arrived()
