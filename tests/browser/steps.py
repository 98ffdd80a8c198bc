"""The steps of every journey, named after what people do."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from playwright.sync_api import Locator, expect

from tests.browser.people import PASSPHRASE, Asker, Place
from tests.browser.visitor import Visitor

LONG_WORK = 120_000
"""Milliseconds until a large pile of documents is made, on two busy cores."""


def use_the_start_link(visitor: Visitor) -> None:
    """Open the link that the program printed; its token is gone from the address at once."""
    visitor.open(visitor.app.link)
    assert visitor.heading == "Welcome"
    assert "start" not in visitor.path


def answer_the_first_question(visitor: Visitor, *, at_risk: bool) -> None:
    """Say whether someone is looking for one, before anything else."""
    visitor.follow("Begin")
    assert visitor.heading == "First, your safety"
    visitor.page.get_by_label("Yes, or I am not sure" if at_risk else "No", exact=True).check()
    visitor.press("Continue")


def choose_a_passphrase(visitor: Visitor, passphrase: str = PASSPHRASE) -> None:
    """Enter the passphrase twice."""
    assert visitor.heading == "Choose a passphrase"
    visitor.page.get_by_label("Passphrase", exact=True).fill(passphrase)
    visitor.page.get_by_label("The same passphrase again").fill(passphrase)
    visitor.press("Create my encrypted store")


def set_up(visitor: Visitor, *, at_risk: bool = False) -> None:
    """The first run up to the form about the person."""
    use_the_start_link(visitor)
    answer_the_first_question(visitor, at_risk=at_risk)
    choose_a_passphrase(visitor)
    assert visitor.heading == "About you"


def describe(visitor: Visitor, asker: Asker) -> None:
    """Fill in the form about the person and save it."""
    if asker.alias:
        visitor.press("Add another name")
    for kind, count in (("e-mail address", len(asker.emails)), ("phone number", len(asker.phones)),
                        ("address", len(asker.addresses))):
        for _ in range(count - 1):
            visitor.press(f"Add another {kind}")
    _fill_names(visitor, asker)
    visitor.group("Residence 1").get_by_label("State or country").select_option(asker.residence)
    visitor.page.get_by_label("E-mail address for answers").fill(asker.reply_email)
    if asker.reply_place:
        _fill_place(visitor.unfold("Postal address for answers"), asker.reply_place)
    for number, email in enumerate(asker.emails, 1):
        visitor.group(f"E-mail address {number}").get_by_label("E-mail address").fill(email)
    for number, phone in enumerate(asker.phones, 1):
        visitor.group(f"Phone number {number}").get_by_label("Phone number").fill(phone)
    for number, place in enumerate(asker.addresses, 1):
        row = visitor.group(f"Address {number}")
        _fill_place(row, place)
        row.get_by_label("When?").select_option(
            "I live here now" if number == 1 else "I lived here earlier")
    visitor.press("Save and continue")
    assert visitor.heading == "What should be covered?", visitor.text
    visitor.follow("Choose companies by hand")
    assert visitor.heading == "Choose companies", visitor.text


def _fill_names(visitor: Visitor, asker: Asker) -> None:
    first = visitor.group("Name 1")
    first.get_by_label("Given name").fill(asker.given)
    first.get_by_label("Middle name").fill(asker.middle)
    first.get_by_label("Family name").fill(asker.family)
    if asker.alias:
        second = visitor.group("Name 2")
        second.get_by_label("Given name").fill(asker.alias[0])
        second.get_by_label("Family name").fill(asker.alias[1])
        second.get_by_label("What is this name?").select_option("Also known as")


def _fill_place(row: Locator, place: Place) -> None:
    row.get_by_label("Street and number, or PO box").fill(place.street)
    row.get_by_label("City").fill(place.city)
    row.get_by_label("State or province").fill(place.region)
    row.get_by_label("Postal code").fill(place.postal_code)
    row.get_by_label("Country").select_option(place.country)


def choose_companies(visitor: Visitor, names: Sequence[str]) -> None:
    """Tick companies by their names, searching for those far down the list, go to the plan."""
    boxes = visitor.page.locator("#selecting")
    for name in names:
        label = boxes.locator("label").filter(
            has=visitor.page.locator(".pick-name", has_text=name))
        if not label.count():
            visitor.press("Keep what is ticked", within=boxes)
            visitor.page.get_by_label("Name or web address").fill(name)
            visitor.press("Search")
        label.first.locator("input").check()
    visitor.press("Show the plan", within=boxes)
    assert visitor.heading == "Plan"


def plan_for(visitor: Visitor, asker: Asker, names: Sequence[str], *,
             at_risk: bool = False) -> None:
    """The first run up to the plan."""
    set_up(visitor, at_risk=at_risk)
    describe(visitor, asker)
    choose_companies(visitor, names)


def come_back(visitor: Visitor, path: str) -> None:
    """Open the link of another start, unlock, and go to the choice of companies."""
    visitor.open(visitor.app.link)
    unlock(visitor)
    visitor.open(path)
    assert visitor.heading == "Choose companies", visitor.text


def company(visitor: Visitor, name: str) -> Locator:
    """A company's part of the plan."""
    return visitor.page.get_by_role("article", name=name).first


def ask_by(visitor: Visitor, name: str, way: str) -> Locator:
    """Have a company asked by this way, whatever the plan proposes (the registry changes)."""
    there = company(visitor, name)
    if there.locator(".tags .tag").first.inner_text() == "Look for yourself":
        visitor.press("Ask them without looking", within=there)
        there = company(visitor, name)
    if there.locator(".tags .tag").first.inner_text() != way:
        ways = visitor.unfold("Ask another way", within=there)
        offered = visitor.find("button", way, within=ways).count()
        visitor.press(way if offered else "Back to the plan’s choice", within=ways)
    assert company(visitor, name).locator(".tags .tag").first.inner_text() == way
    return company(visitor, name)


def make_the_requests(visitor: Visitor) -> None:
    """Turn what is ticked into requests with their documents."""
    visitor.press("Make the requests")
    if visitor.heading == "Making the documents":  # many are made in the background
        expect(visitor.page.locator("h1")).to_have_text("Documents", timeout=LONG_WORK)
        visitor.arrived()
        visitor.sees("Everything is ready")
        visitor.follow("To the requests")
    assert visitor.heading == "Requests", visitor.text


def open_request(visitor: Visitor, name: str) -> str:
    """Go to a company's request; gives its reference."""
    visitor.follow("Requests", within=visitor.page.get_by_role("navigation", name="Main"))
    visitor.follow(name, within=visitor.page.locator("table"))
    return urlsplit(visitor.page.url).path.rpartition("/")[2]


def mark_as_sent(visitor: Visitor, *, on: str = "", tracking: str = "") -> None:
    """Say that a request has left."""
    form = visitor.page.locator("#sent-form")
    if on:
        form.get_by_label("On which day?").fill(on)
    form.get_by_label("Confirmation or tracking number").fill(tracking)
    visitor.press("Mark as sent", within=form)


def lock(visitor: Visitor) -> None:
    """Lock the data."""
    visitor.press("Lock")
    assert visitor.heading == "Unlock"


def unlock(visitor: Visitor, passphrase: str = PASSPHRASE) -> None:
    """Enter the passphrase on the page that asks for it."""
    visitor.page.get_by_label("Passphrase").fill(passphrase)
    visitor.press("Unlock")


def leave_quickly(visitor: Visitor) -> None:
    """Press the button that locks everything and shows a harmless page."""
    visitor.press("Leave quickly")
    visitor.page.wait_for_url("**/measures")
    visitor.arrived()
    assert visitor.heading == "Kitchen measures"
