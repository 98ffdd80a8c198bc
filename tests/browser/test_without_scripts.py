"""The whole way with JavaScript switched off."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.canary import spilled_in
from tests.browser.conftest import Opener
from tests.browser.people import CALIFORNIAN
from tests.browser.server import App
from tests.browser.steps import (
    ask_by,
    company,
    leave_quickly,
    lock,
    make_the_requests,
    mark_as_sent,
    open_request,
    plan_for,
    unlock,
)
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser


def test_everything_works_without_scripts(app: App, window: Opener) -> None:
    visitor = window(app, scripts=False)
    plan_for(visitor, CALIFORNIAN, ["Spokeo", "FamilyTreeNow", "Ancestry", "Innovis"])
    short = company(visitor, "Ancestry")
    short.get_by_label("Link of your listing there").fill(
        "https://www.ancestry.com/listing-of-wobblewick")
    visitor.press("Keep this link", within=short)
    visitor.press("Yes, go on", within=company(visitor, "Innovis"))
    ask_by(visitor, "Spokeo", "Letter by post")
    ask_by(visitor, "FamilyTreeNow", "Web form")
    make_the_requests(visitor)
    assert visitor.fetch("Download all documents (ZIP)").content.startswith(b"PK")
    open_request(visitor, "FamilyTreeNow")
    visitor.follow("Open the form sheet here")
    visitor.sees(CALIFORNIAN.full_name)
    expect(visitor.page.get_by_role("button", name="Copy", exact=True)).to_have_count(0)
    reference = open_request(visitor, "Spokeo")
    assert visitor.fetch("Download: Letter (PDF)").content.startswith(b"%PDF-")
    mark_as_sent(visitor)
    fold = visitor.unfold("They must answer by")
    expect(fold.locator(".arithmetic li").first).to_be_visible()
    fold = visitor.unfold("They wrote back")
    fold.get_by_label("It is hidden or suppressed").check()
    visitor.press("Record this answer", within=fold)
    visitor.sees("They say it is hidden, not deleted.")
    visitor.follow("Due", within=visitor.find("navigation", "Main"))
    visitor.sees(re.compile("Waiting to be sent"))
    _follow_a_whole_plan(visitor)
    visitor.follow("Help", within=visitor.find("navigation", "Main"))
    visitor.page.get_by_label("Yes, or I am not sure").check()
    visitor.press("Keep this answer")
    lock(visitor)
    visitor.open(f"/requests/{reference}")
    assert visitor.heading == "Unlock"
    assert not spilled_in(visitor.page.content())
    unlock(visitor)
    assert visitor.heading == "Due"
    leave_quickly(visitor)
    visitor.open("/due")
    assert visitor.heading == "Unlock"


def _follow_a_whole_plan(visitor: Visitor) -> None:
    """From what should be covered to this week's requests, with a look before."""
    visitor.follow("People", within=visitor.find("navigation", "Main"))
    visitor.follow("Plan", within=visitor.page.locator("main"))
    visitor.follow("Change what should be covered")
    visitor.page.get_by_label(re.compile("Everyone who deals in people")).check()
    visitor.press("Show the plan")
    pace = visitor.unfold("Your pace")
    pace.get_by_label("Minutes a day").fill("60")
    visitor.press("Keep this pace", within=pace)
    week = visitor.region(re.compile(r"This week \(\d+\)"))
    tag = visitor.page.locator(".tag", has_text="Look for yourself")
    look = week.get_by_role("article").filter(has=tag).first
    visitor.unfold("Details", within=look)
    link = look.locator("a[target=_blank]").first
    assert "noreferrer" in (link.get_attribute("rel") or "")
    visitor.press("The search worked, and I am not there", within=look)
    visitor.sees("Kept. Nobody is told about you where nothing shows you.")
    visitor.press("Prepare this week")
    assert visitor.heading == "Requests", visitor.text
