"""From a name to an answered request, as a Californian walks it, in a real browser."""

from __future__ import annotations

import re
import zipfile
from datetime import date, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.canary import spilled_in, spilled_in_folder
from tests.browser.conftest import Opener
from tests.browser.people import CALIFORNIAN
from tests.browser.server import App, running
from tests.browser.steps import (
    ask_by,
    choose_companies,
    company,
    describe,
    lock,
    make_the_requests,
    mark_as_sent,
    open_request,
    set_up,
    unlock,
)
from tests.browser.visitor import Visitor
from tests.program import NOW

pytestmark = pytest.mark.browser

COMPANIES = ("Spokeo", "CheckPeople", "FamilyTreeNow", "Ancestry", "Innovis")
"""A letter, an e-mail, a web form, one that lacks a link, one with a safety question."""

LISTING = "https://www.ancestry.com/listing-of-wobblewick"
LATER = NOW + timedelta(days=45)
"""The day on which the time for access under the CCPA (§ 1798.130(a)(2)) ends."""


def test_a_californian_goes_from_a_name_to_an_answer(world: Path, window: Opener) -> None:
    with running(world) as app:
        visitor = window(app)
        set_up(visitor)
        describe(visitor, CALIFORNIAN)
        choose_companies(visitor, COMPANIES)
        _read_the_plan(visitor)
        _mend_the_plan(visitor)
        make_the_requests(visitor)
        visitor.sees("6 requests are ready to send.")
        _take_the_letter(visitor)
        reference = _take_the_email(visitor)
        _take_the_form_sheet(visitor)
        _take_everything(visitor)
        open_request(visitor, "CheckPeople")
        mark_as_sent(visitor, tracking="tracking-tardigrade")
        _see_the_dates(visitor)
        _lock_and_find_nothing(visitor, reference)
        unlock(visitor)
        _find_the_next_dates(visitor)
        assert not list(spilled_in_folder(world))
    with running(world, moment=LATER.isoformat()) as app:
        visitor = window(app)
        visitor.open(app.link)
        unlock(visitor)
        _see_what_is_due_today(visitor)
        _record_the_answer(visitor)
        _see_what_they_were_told(visitor)
        _end_the_day(visitor, app)


def _read_the_plan(visitor: Visitor) -> None:
    letter = ask_by(visitor, "Spokeo", "Letter by post")
    for words in ("Letter by post", "minutes", "California Consumer Privacy Act",
                  "Cal. Civ. Code §§ 1798.120, 1798.135", "You live in California.", "Full name",
                  "Postal address for answers", "new to them",
                  ("This broker also sells to the government or the police, or shares data "
                   "with them.")):
        expect(letter).to_contain_text(words)
    limits = visitor.unfold(re.compile("under 2 conditions"), within=letter)
    expect(limits).to_contain_text("only to the extent that:")
    expect(limits.locator("li")).to_have_count(2)
    way = visitor.unfold("How they take it", within=letter)
    expect(way).to_contain_text("Where it goes")
    expect(way).to_contain_text("checked")
    ask_by(visitor, "FamilyTreeNow", "Web form")
    ask_by(visitor, "CheckPeople", "E-mail")
    platform = company(visitor, "California DROP")
    expect(platform).to_contain_text("One request for many")
    expect(platform).to_contain_text("Cal. Civ. Code § 1798.99.86")
    visitor.inspect()


def _mend_the_plan(visitor: Visitor) -> None:
    short = company(visitor, "Ancestry")
    expect(short).to_contain_text("Needs something")
    expect(short.locator(".missing")).to_contain_text("Link of your listing")
    short.get_by_label("Link of your listing there").fill(LISTING)
    visitor.press("Keep this link", within=short)
    expect(company(visitor, "Ancestry")).to_contain_text("Ready")
    guarded = company(visitor, "Innovis")
    expect(guarded.get_by_label("Ask them")).to_have_count(0)
    expect(guarded).to_contain_text("identity document or your social security number")
    visitor.press("Yes, go on", within=guarded)
    expect(company(visitor, "Innovis")).to_contain_text("Answered")
    expect(company(visitor, "Innovis").get_by_label("Ask them")).to_be_checked()


def _take_the_letter(visitor: Visitor) -> None:
    reference = open_request(visitor, "Spokeo")
    visitor.sees("Ready to send")
    file = visitor.fetch("Download: Letter (PDF)")
    assert file.name == f"{reference}-letter.pdf"
    text = "\n".join(page.extract_text() for page in PdfReader(file.path).pages)
    assert reference in text
    assert "Spokeo" in text
    assert CALIFORNIAN.full_name in text
    assert "PO Box 881273" in text
    assert "Canarybird" not in text, "the letter shows the home address"
    assert "1798.120" in text


def _take_the_email(visitor: Visitor) -> str:
    reference = open_request(visitor, "CheckPeople")
    file = visitor.fetch("Download: E-mail draft (.eml)")
    message = message_from_bytes(file.content, _class=EmailMessage, policy=default)
    assert not message.defects
    to = str(message["To"])
    assert to.endswith("@checkpeople.com")
    assert reference in str(message["Subject"])
    assert message["X-Unsent"] == "1"
    body = message.get_body(("plain",))
    assert body is not None
    text = body.get_content()
    assert CALIFORNIAN.full_name in text
    assert "Canarybird" not in text
    visitor.follow("Read and copy the text")
    link = visitor.link("Open an empty e-mail").get_attribute("href") or ""
    parts = urlsplit(link)
    assert (parts.scheme, unquote(parts.path)) == ("mailto", to)
    assert parse_qs(parts.query, strict_parsing=True)["subject"] == [str(message["Subject"])]
    assert _words(_copied(visitor, "Copy the text")) == _words(text)
    return reference


def _words(text: str) -> list[str]:
    """The words of a text without the marks of its items."""
    return re.sub(r"(?m)^\s*(?:-|\d+\.)\s", "", text).split()


def _copied(visitor: Visitor, button: str) -> str:
    """What a copy button puts on the clipboard."""
    visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])
    there = visitor.page.get_by_role("button", name=button, exact=True).first
    there.click()
    expect(visitor.page.get_by_role("button", name="Copied").first).to_be_visible()
    text: str = visitor.page.evaluate("navigator.clipboard.readText()")
    visitor.page.evaluate("navigator.clipboard.writeText('')")
    return text


def _take_the_form_sheet(visitor: Visitor) -> None:
    reference = open_request(visitor, "FamilyTreeNow")
    form = visitor.link("Open in a new window")
    assert (form.get_attribute("href") or "").startswith("https://www.familytreenow.com/")
    assert "noreferrer" in (form.get_attribute("rel") or "")
    file = visitor.fetch("Download: Form sheet")
    visitor.follow("Open the form sheet here")
    assert _copied(visitor, "Copy") == CALIFORNIAN.full_name
    visitor.sees("Copied")
    assert file.name == f"{reference}-form.html"
    assert b"http-equiv" in file.content
    here = visitor.page.url
    sheet = file.path.with_name(file.name)
    file.path.rename(sheet)
    visitor.page.goto(sheet.as_uri())
    assert reference in visitor.page.title()
    assert _copied(visitor, "Copy") == CALIFORNIAN.full_name
    visitor.open(here)


def _take_everything(visitor: Visitor) -> None:
    visitor.follow("Requests", within=visitor.find("navigation", "Main"))
    file = visitor.fetch("Download all documents (ZIP)")
    with zipfile.ZipFile(file.path) as bundle:
        assert bundle.testzip() is None
        kinds = sorted(Path(name).name.partition("-")[2].partition("-")[2]
                       for name in bundle.namelist())
        assert not [name for name in bundle.namelist() if spilled_in(name)]
    assert kinds == ["email.eml", *["form.html"] * 4, "letter.pdf"]


def _see_the_dates(visitor: Visitor) -> None:
    visitor.sees("Marked as sent. The dates below are running now.")
    visitor.sees("Sent, no answer yet")
    dates = visitor.region("Dates")
    access = dates.locator(".clock").filter(has_text="See what they hold")
    fold = visitor.unfold("They must answer by", within=access)
    expect(fold.locator("time")).to_have_attribute("datetime", LATER.date().isoformat())
    expect(fold.locator(".arithmetic li").first).to_be_visible()
    expect(fold).to_contain_text("45")
    expect(fold).to_contain_text("Cal. Civ. Code § 1798.130(a)(2)")
    expect(fold).to_contain_text("You can call it late from Tuesday, January 12, 2027 on.")
    sale = dates.locator(".clock").filter(has_text="Stop selling")
    fold = visitor.unfold("They must answer by", within=sale)
    # 15 business days; Thanksgiving and, in California, the day after it do not count.
    expect(fold.locator("time")).to_have_attribute("datetime", "2026-12-18")
    expect(fold).to_contain_text("Calendar of business days")
    visitor.inspect()


def _lock_and_find_nothing(visitor: Visitor, reference: str) -> None:
    here = visitor.page.url
    lock(visitor)
    for address in (here, visitor.app.url("/due"), visitor.app.url("/people"),
                    visitor.app.url(f"/requests/{reference}/words"),
                    visitor.app.url("/calendar.ics")):
        visitor.open(address)
        assert visitor.heading == "Unlock"
        assert not spilled_in(visitor.page.content())
    visitor.page.go_back()
    visitor.page.go_back()
    visitor.arrived()
    assert not spilled_in(visitor.page.content()), "the browser's memory shows a locked page"
    visitor.open("/unlock")


def _find_the_next_dates(visitor: Visitor) -> None:
    assert visitor.heading == "Due"
    visitor.sees("Waiting to be sent")
    file = visitor.fetch("Download as a calendar file")
    text = file.content.decode("utf-8")
    assert text.startswith("BEGIN:VCALENDAR")
    assert not spilled_in(text)
    assert "CheckPeople" not in text
    assert LATER.strftime("%Y%m%d") in text


def _see_what_is_due_today(visitor: Visitor) -> None:
    assert visitor.heading == "Due"
    visitor.sees("Saturday, January 9, 2027")
    today = visitor.region(re.compile("Due today"))
    expect(today).to_contain_text("CheckPeople")
    expect(today).to_contain_text("Their answer is due")
    late = visitor.region(re.compile("Late"))
    expect(late).to_contain_text("22 days late")
    visitor.press(re.compile("Done: Their answer is due, CheckPeople"), within=today)
    visitor.sees("Done. It is off the list.")
    expect(visitor.page.locator("main")).not_to_contain_text("Due today")


def _record_the_answer(visitor: Visitor) -> None:
    open_request(visitor, "CheckPeople")
    fold = visitor.unfold("They wrote back")
    fold.get_by_label("They hold nothing about me").check()
    fold.get_by_label("Their words").fill("We hold nothing, by the squeamish ossifrage.")
    visitor.press("Record this answer", within=fold)
    visitor.sees("They say they hold nothing.")
    visitor.sees("That is their word; nobody has seen it yet unless you looked.")
    history = visitor.region("History")
    for words in ("Prepared", "Sent", "They say they hold nothing", "squeamish ossifrage",
                  "tracking-tardigrade", "Jan 9, 2027", "Nov 25, 2026", "You"):
        expect(history).to_contain_text(words)
    visitor.press("Undo the last entry")
    visitor.sees("The last entry is undone. The history keeps both.")
    expect(visitor.region("History")).to_contain_text("squeamish ossifrage")
    visitor.sees("Sent, no answer yet")


def _see_what_they_were_told(visitor: Visitor) -> None:
    visitor.follow("People", within=visitor.find("navigation", "Main"))
    visitor.follow(CALIFORNIAN.full_name)
    told = visitor.region("What was handed over")
    row = told.locator("tbody tr").filter(has_text="CheckPeople")
    expect(row).to_contain_text("Full name")
    expect(row).to_contain_text("E-mail address for answers")
    expect(row).not_to_contain_text("Current address")
    expect(told.locator("tbody tr")).to_have_count(1)


def _end_the_day(visitor: Visitor, app: App) -> None:
    lock(visitor)
    visitor.open("/help")
    assert not spilled_in(visitor.page.content())
    assert not spilled_in(app.said)
    assert date(2027, 1, 9) == LATER.date()
