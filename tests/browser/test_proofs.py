"""A picture of what a look showed: pasted, dropped, seen again, and taken away."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.broker import Broker
from optout.services import exposures, people, requests
from optout.services.desk import Library
from optout.services.instance import Instance
from optout.settings import Settings
from optout.vault.keyfile import CHEAP
from tests.browser.conftest import Opener
from tests.browser.people import PASSPHRASE
from tests.browser.server import App
from tests.browser.steps import unlock
from tests.browser.visitor import PHONE, Visitor
from tests.documents.foreign_pictures import screenshot
from tests.factories import californian
from tests.program import NOW

pytestmark = pytest.mark.browser

GIVE = """([picture, way, name]) => {
  const bytes = Uint8Array.from(atob(picture), (sign) => sign.charCodeAt(0));
  const data = new DataTransfer();
  data.items.add(new File([bytes], name, {type: 'image/png'}));
  const more = {bubbles: true, cancelable: true};
  if (way === 'paste') {
    document.activeElement.dispatchEvent(
      new ClipboardEvent('paste', {clipboardData: data, ...more}));
  } else {
    document.querySelector('[data-attach]').dispatchEvent(
      new DragEvent('drop', {dataTransfer: data, ...more}));
  }
}"""
"""What a browser does when a picture is pasted, or dropped into the field for it."""


@dataclass(frozen=True)
class Places:
    """Two places to look at: one was asked, the other was not."""

    person: str
    request: str
    asked: Broker
    other: Broker


@pytest.fixture
def places(world: Path) -> Places:
    """Somebody whose request was answered long ago, and who is listed elsewhere too."""
    settings = Settings(instance=world / "instance")
    world.mkdir()
    clock = HandClock(NOW - timedelta(days=60))
    instance = Instance(settings, clock, Library(settings), cost=CHEAP)
    desk = instance.create(PASSPHRASE)
    person = people.add_person(desk, californian(), actor=OWNER)
    asked = desk.registry.get("truthfinder")
    (file,) = requests.create_requests(desk, person.id, [asked.id], actor=OWNER)
    served = {asked.id, *file.request.covers}
    other = next(broker for broker in desk.registry.brokers.values()
                 if broker.search is not None and broker.id not in served)
    for event in ("mark_sent", "claim_removed"):
        requests.mark(desk, file.request.id, event, actor=OWNER)
    exposures.add_exposure(desk, person.id, other.id, "https://listing.example/p/1", actor=OWNER)
    instance.lock()
    return Places(person.id, file.request.id, asked, other)


def test_a_picture_goes_into_a_look_is_seen_again_and_goes(
    places: Places, app: App, window: Opener
) -> None:
    visitor = window(app)
    visitor.open(app.link)
    unlock(visitor)
    look_with_a_picture(visitor, places, places.asked, "paste", "f")
    look_with_a_picture(visitor, places, places.other, "drop", "n")
    visitor.open(f"/requests/{places.request}")
    proofs = visitor.region("Evidence")
    expect(proofs.locator("li")).to_have_count(1)
    assert "paste.png" in proofs.inner_text()
    is_shown(visitor, "#evidence img")
    visitor.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    visitor.size = PHONE
    visitor.open(f"/people/{places.person}/recheck?place={places.other.id}")
    visitor.sees("What it showed then")
    kept = visitor.unfold("1 kept picture")
    is_shown(visitor, ".walk-kept img")
    visitor.fits()
    visitor.unfold("Remove it", within=kept.locator("li"))
    visitor.press("Remove it from this computer", within=kept)
    visitor.sees("Removed from this computer. That you looked stays written down.")
    assert "kept picture" not in visitor.text
    visitor.sees("Last look, Nov 25, 2026:")


def look_with_a_picture(
    visitor: Visitor, places: Places, broker: Broker, way: str, key: str
) -> None:
    """Look at one place, and give what it showed with the answer."""
    page = visitor.page
    visitor.open(f"/people/{places.person}/recheck?place={broker.id}")
    expect(page.locator("#place")).to_have_text(broker.name)
    page.evaluate(GIVE, [base64.b64encode(screenshot()).decode(), way, f"{way}.png"])
    seen = page.locator(".attach-seen")
    expect(seen.locator("p")).to_have_text(f"{way}.png")
    expect(seen.locator("img")).to_be_visible()
    page.locator("#place").focus()
    page.keyboard.press(key)
    page.wait_for_function("(name) => document.querySelector('#place').textContent !== name",
                           arg=broker.name)
    visitor.arrived()


def is_shown(visitor: Visitor, place: str) -> None:
    """A picture is there, and the browser could draw it."""
    picture = visitor.page.locator(place).first
    picture.scroll_into_view_if_needed()
    visitor.page.wait_for_function(
        "(place) => document.querySelector(place).naturalWidth > 0", arg=place)
