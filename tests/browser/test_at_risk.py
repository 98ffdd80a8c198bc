"""Someone is looking for this person, or others use this computer."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from tests.browser.canary import spilled_in
from tests.browser.people import CALIFORNIAN
from tests.browser.steps import (
    answer_the_first_question,
    ask_by,
    choose_a_passphrase,
    company,
    leave_quickly,
    make_the_requests,
    open_request,
    plan_for,
    set_up,
    unlock,
    use_the_start_link,
)
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

HIDDEN = replace(CALIFORNIAN, reply_email="", reply_place=None)
"""The same person, before she made a mailbox and rented a box."""

LISTING = "https://www.spokeo.com/listing-of-wobblewick"


def test_nothing_is_made_before_a_safe_place_for_answers_is_set(visitor: Visitor) -> None:
    plan_for(visitor, HIDDEN, ["Spokeo"], at_risk=True)
    visitor.sees("No mailbox is set for answers. Should your own one be shown?")
    visitor.sees("No request can be made yet: answer the questions above, or add what is missing.")
    button = visitor.find("button", "Make the requests")
    expect(button).to_be_disabled()
    _force(visitor)
    visitor.sees("Nothing was made: tick at least one company that is ready.")
    visitor.follow("Requests", within=visitor.find("navigation", "Main"))
    visitor.sees("There are no requests yet.")
    visitor.page.go_back()
    visitor.arrived()
    _set_the_place_for_answers(visitor)
    visitor.open(visitor.path + "/plan")
    by_post = ask_by(visitor, "Spokeo", "Letter by post")
    expect(by_post).to_contain_text("This would tell them something that they may not know.")
    expect(by_post).to_contain_text("Needs something")
    by_form = ask_by(visitor, "Spokeo", "Web form")
    expect(by_form).to_contain_text("Needs something")
    by_form.get_by_label("Link of your listing there").fill(LISTING)
    visitor.press("Keep this link", within=by_form)
    expect(company(visitor, "Spokeo").get_by_label("Ask them")).to_be_checked()
    make_the_requests(visitor)
    _see_that_the_home_stays_hidden(visitor)
    assert not [title for title in visitor.titles if "optout" in title.lower()]
    assert not spilled_in(" ".join(visitor.titles))


def _force(visitor: Visitor) -> None:
    """Send the form in spite of its button, as a changed page would."""
    visitor.page.evaluate("""() => {
        const form = document.getElementById('create');
        const box = document.createElement('input');
        Object.assign(box, {type: 'hidden', name: 'broker', value: 'spokeo'});
        form.append(box);
        form.submit();
    }""")
    visitor.page.wait_for_url("**/plan#create")
    visitor.arrived()


def _set_the_place_for_answers(visitor: Visitor) -> None:
    visitor.follow("Add to your details")
    visitor.page.get_by_label("E-mail address for answers").fill(CALIFORNIAN.reply_email)
    place = visitor.unfold("Postal address for answers")
    place.get_by_label("Street and number, or PO box").fill("PO Box 881273")
    place.get_by_label("City").fill("Fresno")
    place.get_by_label("State or province").fill("CA")
    place.get_by_label("Postal code").fill("93701")
    place.get_by_label("Country").select_option("United States")
    visitor.press("Save", within=visitor.page.locator(".actions"))
    visitor.sees("Saved. Documents already made stay as they are.")


def _see_that_the_home_stays_hidden(visitor: Visitor) -> None:
    open_request(visitor, "Spokeo")
    text = visitor.fetch("Download: Form sheet").content.decode("utf-8")
    assert LISTING in text
    assert CALIFORNIAN.reply_email in text
    for secret in ("Canarybird", "San Francisco", "94177", "Formerfinch", "0187", "quibblethorn"):
        assert secret not in text, f"the sheet tells {secret}"


def test_leaving_quickly_locks_everything_and_shows_kitchen_measures(visitor: Visitor) -> None:
    set_up(visitor, at_risk=True)
    visitor.open("/help")
    leave_quickly(visitor)
    assert visitor.page.title() == "Kitchen measures"
    assert "optout" not in visitor.page.content().replace("/static/", "").lower()
    visitor.open("/people")
    assert visitor.heading == "Unlock"
    unlock(visitor)
    visitor.page.keyboard.press("Escape")
    visitor.page.keyboard.press("Escape")
    visitor.page.wait_for_url("**/measures")
    visitor.arrived()
    visitor.page.go_back()
    visitor.arrived()
    assert visitor.heading in {"Unlock", "Kitchen measures"}, visitor.text
    visitor.open("/people")
    assert visitor.heading == "Unlock"


def test_the_way_out_is_there_from_the_first_page_on(visitor: Visitor) -> None:
    use_the_start_link(visitor)
    expect(visitor.find("button", "Leave quickly")).to_be_visible()
    leave_quickly(visitor)
    visitor.titles.clear()


def test_the_answer_can_be_changed_later(visitor: Visitor) -> None:
    use_the_start_link(visitor)
    answer_the_first_question(visitor, at_risk=False)
    choose_a_passphrase(visitor)
    expect(visitor.find("button", "Leave quickly")).to_have_count(0)
    assert visitor.page.title().endswith("optout")
    visitor.follow("Help", within=visitor.find("navigation", "Main"))
    visitor.page.get_by_label("Yes, or I am not sure").check()
    visitor.press("Keep this answer")
    visitor.sees("Your answer is kept.")
    expect(visitor.find("button", "Leave quickly")).to_be_visible()
    assert "optout" not in visitor.page.title()
