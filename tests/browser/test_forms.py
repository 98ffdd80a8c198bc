"""What was typed wrongly: nothing is lost, and the summary leads to each field."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.people import PASSPHRASE
from tests.browser.steps import (
    answer_the_first_question,
    choose_a_passphrase,
    choose_companies,
    come_back,
    lock,
    make_the_requests,
    mark_as_sent,
    open_request,
    set_up,
    unlock,
    use_the_start_link,
)
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser


def _summary(visitor: Visitor, *messages: str) -> None:
    """The summary has the focus, says these things, and each leads to its field."""
    summary = visitor.page.locator("#errors")
    expect(summary).to_be_focused()
    links = summary.get_by_role("link")
    expect(links).to_have_count(len(messages))
    for number, message in enumerate(messages):
        expect(links.nth(number)).to_contain_text(message)
        target = (links.nth(number).get_attribute("href") or "").lstrip("#")
        links.nth(number).click()
        field = visitor.page.locator(f"[id='{target}']")
        expect(field).to_be_in_viewport()
        described = visitor.page.locator(f"[id='{target}-error']")
        expect(described).to_contain_text(message)
        if field.evaluate("e => e.matches('input, select, textarea')"):
            expect(field).to_be_focused()
            expect(field).to_have_attribute("aria-invalid", "true")


def test_the_first_question_and_the_passphrase_must_be_answered(visitor: Visitor) -> None:
    use_the_start_link(visitor)
    visitor.follow("Begin")
    with visitor.refused():
        visitor.press("Continue")
    _summary(visitor, "Choose “Yes, or I am not sure” or “No”.")
    visitor.open("/")
    answer_the_first_question(visitor, at_risk=False)
    with visitor.refused():
        choose_a_passphrase(visitor, "short")
    _summary(visitor, "too short")
    visitor.page.get_by_label("Passphrase", exact=True).fill(PASSPHRASE)
    expect(visitor.page.locator("[data-strength-of]")).to_have_text("Strong")
    visitor.page.get_by_label("The same passphrase again").fill(PASSPHRASE + " and more")
    with visitor.refused():
        visitor.press("Create my encrypted store")
    _summary(visitor, "The two entries differ.")
    expect(visitor.page.get_by_label("Passphrase", exact=True)).to_have_value("")


def test_a_wrong_passphrase_opens_nothing(californian: str, visitor: Visitor) -> None:
    come_back(visitor, californian)
    lock(visitor)
    with visitor.refused():
        unlock(visitor, "six quiet otters on a bridge")
    expect(visitor.page.get_by_label("Passphrase")).to_have_value("")
    visitor.sees("passphrase")
    with visitor.refused():
        unlock(visitor, "")
    _summary(visitor, "Enter your passphrase.")
    unlock(visitor)
    assert visitor.heading == "Due"


def test_the_form_about_a_person_keeps_what_was_typed(visitor: Visitor) -> None:
    set_up(visitor)
    visitor.group("Name 1").get_by_label("Middle name").fill("Quillfeather")
    visitor.group("E-mail address 1").get_by_label("E-mail address").fill("quibblethorn at home")
    visitor.group("Phone number 1").get_by_label("Phone number").fill("555")
    visitor.group("Address 1").get_by_label("Street").fill("4711 Canarybird Way")
    visitor.page.get_by_label("E-mail address for answers").fill("drumlinbox@")
    with visitor.refused():
        visitor.press("Save and continue")
    links = visitor.page.locator("#errors").get_by_role("link")
    said = links.all_inner_texts()
    assert len(said) >= 6, said
    for link in links.all():
        target = (link.get_attribute("href") or "").lstrip("#")
        link.click()
        field = visitor.page.locator(f"[id='{target}']")
        expect(field).to_be_in_viewport()
        expect(visitor.page.locator(f"[id='{target}-error']")).to_have_text(link.inner_text())
    for group, label, typed in (("Name 1", "Middle name", "Quillfeather"),
                                ("E-mail address 1", "E-mail address", "quibblethorn at home"),
                                ("Phone number 1", "Phone number", "555"),
                                ("Address 1", "Street", "4711 Canarybird Way")):
        expect(visitor.group(group).get_by_label(label)).to_have_value(typed)
    expect(visitor.page.get_by_label("E-mail address for answers")).to_have_value("drumlinbox@")
    visitor.press("Add another phone number")
    expect(visitor.group("Phone number 1").get_by_label("Phone number")).to_have_value("555")
    visitor.open("/people")
    visitor.sees("Nobody is entered yet.")


def test_the_forms_of_a_request_keep_what_was_typed(californian: str, visitor: Visitor) -> None:
    come_back(visitor, californian)
    choose_companies(visitor, ["Ancestry", "Spokeo"])
    card = visitor.page.get_by_role("article", name="Ancestry")
    card.get_by_label("Link of your listing there").fill("listing-of-wobblewick")
    with visitor.refused():
        visitor.press("Keep this link", within=card)
    _summary(visitor, "https://")
    field = visitor.page.get_by_role("article", name="Ancestry").get_by_label("Link of your")
    expect(field).to_have_value("listing-of-wobblewick")
    visitor.page.go_back()
    visitor.arrived()
    make_the_requests(visitor)
    open_request(visitor, "Spokeo")
    with visitor.refused():
        mark_as_sent(visitor, on="2026-12-24", tracking="tracking-tardigrade")
    _summary(visitor, "This day has not come yet.")
    form = visitor.page.locator("#sent-form")
    expect(form.get_by_label("Confirmation or tracking")).to_have_value("tracking-tardigrade")
    expect(form.get_by_label("On which day?")).to_have_value("2026-12-24")
    mark_as_sent(visitor, on="2026-11-25")
    fold = visitor.unfold("They wrote back")
    fold.get_by_label("Their words").fill("squeamish ossifrage")
    with visitor.refused():
        visitor.press("Record this answer", within=fold)
    _summary(visitor, "Choose what they say.")
    expect(visitor.page.get_by_label("Their words")).to_have_value("squeamish ossifrage")
    expect(visitor.page.get_by_label("Their words")).to_be_visible()
