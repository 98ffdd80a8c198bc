"""On a phone, in the dark, on paper; and what the inspection of pages would find."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from pypdf import PdfReader

from optout.services.listing import PAGE
from tests.browser.conftest import Opener
from tests.browser.people import CALIFORNIAN
from tests.browser.server import App
from tests.browser.steps import (
    ask_by,
    choose_companies,
    come_back,
    lock,
    make_the_requests,
    mark_as_sent,
    open_request,
    plan_for,
)
from tests.browser.visitor import DESK, PHONE, Inspector, Visitor

pytestmark = pytest.mark.browser

MOST_PEOPLE_START_WITH = 50
"""Requests of one afternoon; the registry holds more than twice as many companies."""


def test_every_page_fits_a_phone_in_light_and_dark(app: App, window: Opener) -> None:
    visitor = window(app, size=PHONE, schemes=("light", "dark"), unfolds=True)
    plan_for(visitor, CALIFORNIAN, ["Spokeo", "FamilyTreeNow", "Ancestry", "Innovis"])
    ask_by(visitor, "Spokeo", "Letter by post")
    ask_by(visitor, "FamilyTreeNow", "Web form")
    make_the_requests(visitor)
    open_request(visitor, "FamilyTreeNow")
    visitor.follow("Open the form sheet here")
    open_request(visitor, "Spokeo")
    visitor.follow("Read what it says")
    visitor.page.go_back()
    visitor.arrived()
    mark_as_sent(visitor, tracking="tracking-tardigrade")
    for room in ("Due", "People", "Help"):
        visitor.follow(room, within=visitor.find("navigation", "Main"))
    visitor.open("/people")
    visitor.follow(CALIFORNIAN.full_name)
    visitor.follow("Change details")
    with visitor.refused(404):
        visitor.open("/nowhere")
    lock(visitor)
    visitor.open("/measures")


def test_every_company_at_once_is_still_a_plan(californian: str, visitor: Visitor) -> None:
    come_back(visitor, californian)
    visitor.press("Tick all shown")
    visitor.press("Show the plan", within=visitor.page.locator("#selecting"))
    visitor.sees("In short")
    visitor.press("Tick all or none")
    made = visitor.page.locator("input[form=create]:checked").count()
    week = visitor.page.locator("input[form=prepare-week]").count()
    assert made + week >= MOST_PEOPLE_START_WITH
    make_the_requests(visitor)
    visitor.sees(f"{made} requests")
    expect(visitor.page.locator("table tbody tr")).to_have_count(min(made, PAGE))
    file = visitor.fetch("Download all documents (ZIP)")
    with zipfile.ZipFile(file.path) as bundle:
        assert len([name for name in bundle.namelist() if "OPT-" in name]) >= made


def test_a_request_can_be_printed_with_its_arithmetic(californian: str, visitor: Visitor) -> None:
    come_back(visitor, californian)
    choose_companies(visitor, ["Spokeo"])
    ask_by(visitor, "Spokeo", "Letter by post")
    make_the_requests(visitor)
    reference = open_request(visitor, "Spokeo")
    visitor.follow("Read what it says")
    words = _printed(visitor)
    assert "California Consumer Privacy Act" in words
    assert CALIFORNIAN.full_name in words
    visitor.page.go_back()
    visitor.arrived()
    mark_as_sent(visitor)
    words = _printed(visitor)
    assert reference in words
    assert "45 calendar days later" in words, "paper cannot be unfolded"
    for control in ("Mark as sent", "Undo the last entry", "Lock", "Download", "Skip to"):
        assert control not in words, f"paper shows “{control}”"


def _printed(visitor: Visitor) -> str:
    """The words of the page on paper."""
    visitor.page.emulate_media(media="print")
    expect(visitor.page.locator(".site-head")).to_be_hidden()
    target = visitor.app.folder.parent / "printed.pdf"
    visitor.page.pdf(path=target)
    visitor.page.emulate_media(media="screen")
    text = " ".join(page.extract_text() for page in PdfReader(target).pages)
    return " ".join(text.split())


@pytest.mark.parametrize(("body", "fault"), [
    ("<img src='data:,'>", "image-alt"),
    ("<p style='color:#aaa;background:#fff'>faint words</p>", "color-contrast"),
    ("<input name='x'>", "label"),
])
def test_the_inspection_finds_barriers(inspector: Inspector, body: str, fault: str) -> None:
    page = (f"<!doctype html><html lang='en'><head><title>T</title></head>"
            f"<body><main><h1>T</h1>{body}</main></body></html>")
    with pytest.raises(AssertionError, match=fault):
        inspector.inspect(page, "http://127.0.0.1:9/page", DESK, ("light",))


def test_the_inspection_looks_at_the_colours_of_every_scheme(inspector: Inspector) -> None:
    page = ("<!doctype html><html lang='en'><head><title>T</title><style>body{color:#000;"
            "background:#fff}@media (prefers-color-scheme:dark){body{color:#333;background:#000}}"
            "</style></head><body><main><h1>T</h1><p>dim at night</p></main></body></html>")
    with pytest.raises(AssertionError, match=r"(?s)\(dark\).*color-contrast"):
        inspector.inspect(page, "http://127.0.0.1:9/page", DESK, ("light", "dark"))


def test_the_visitor_hears_what_the_content_policy_refuses(
    app: App, browser: Browser, inspector: Inspector
) -> None:
    visitor = Visitor(app, browser, inspector)
    visitor.open(app.link)
    assert not visitor.complaints
    visitor.page.evaluate("""() => {
        const script = document.createElement('script');
        script.textContent = '1';
        document.body.append(script);
        new Image().src = 'http://127.0.0.1:9/elsewhere.png';
    }""")
    visitor.page.wait_for_timeout(200)
    assert [note for note in visitor.complaints if "content policy: script-src" in note]
    assert [note for note in visitor.complaints if "content policy: img-src" in note]
    visitor.context.close()


def test_the_visitor_sees_requests_to_others(
    app: App, browser: Browser, inspector: Inspector
) -> None:
    visitor = Visitor(app, browser, inspector)
    visitor.page.set_content("<img src='http://127.0.0.1:9/elsewhere.png' alt=''>")
    assert visitor.strangers == ["http://127.0.0.1:9/elsewhere.png"]
    with pytest.raises(AssertionError, match="asked others"):
        visitor.leave()


def test_pictures_and_styles_come_from_the_program_itself(visitor: Visitor) -> None:
    visitor.open(visitor.app.link)
    assert [url for url in visitor.urls if url.endswith("pico.min.css")]
    assert all(re.match(re.escape(visitor.app.origin), url) for url in visitor.urls)
    assert Path(visitor.app.instance).exists()
