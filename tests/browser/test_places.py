"""What a request rests on is decided by where the person lives."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect
from pypdf import PdfReader

from tests.browser.people import BERLINER, NEW_YORKER, VIRGINIAN
from tests.browser.steps import (
    ask_by,
    company,
    make_the_requests,
    mark_as_sent,
    open_request,
    plan_for,
)
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

A4 = (595, 842)
US_LETTER = (612, 792)
"""Points."""


def _letter(visitor: Visitor) -> tuple[str, tuple[int, int]]:
    """The words and the size of the letter whose request is open."""
    reader = PdfReader(visitor.fetch("Download: Letter (PDF)").path)
    box = reader.pages[0].mediabox
    text = "\n".join(page.extract_text() for page in reader.pages)
    return " ".join(text.split()), (round(box.width), round(box.height))


def _answer_by(visitor: Visitor, right: str) -> Locator:
    clock = visitor.region("Dates").locator(".clock").filter(has_text=right)
    return visitor.unfold("They must answer by", within=clock)


def test_a_virginian_stands_on_the_law_of_virginia(visitor: Visitor) -> None:
    plan_for(visitor, VIRGINIAN, ["Spokeo"])
    expect(visitor.page.locator("main")).not_to_contain_text("California DROP")
    asked = ask_by(visitor, "Spokeo", "Letter by post")
    expect(asked).to_contain_text("Virginia Consumer Data Protection Act")
    expect(asked).to_contain_text("Va. Code § 59.1-577(A)(3)")
    expect(asked).to_contain_text("You live in Virginia.")
    make_the_requests(visitor)
    open_request(visitor, "Spokeo")
    text, size = _letter(visitor)
    assert "Virginia Consumer Data Protection Act" in text
    assert "Cal. Civ. Code" not in text
    assert size == US_LETTER
    form = visitor.page.locator("#sent-form")
    form.get_by_label(re.compile("Delivered on")).fill("2026-11-25")
    mark_as_sent(visitor)
    fold = _answer_by(visitor, "Delete")
    expect(fold.locator("time")).to_have_attribute("datetime", "2027-01-09")
    expect(fold).to_contain_text("45 calendar days later")
    expect(fold).to_contain_text("Va. Code § 59.1-577")


def test_a_berliner_stands_on_the_gdpr_even_against_an_american_firm(visitor: Visitor) -> None:
    plan_for(visitor, BERLINER, ["SCHUFA", "Spokeo"])
    for name, way in (("Spokeo", "Letter by post"), ("SCHUFA", "E-mail")):
        asked = ask_by(visitor, name, way)
        expect(asked).to_contain_text("General Data Protection Regulation")
        expect(asked).to_contain_text("GDPR Art. 17")
        expect(asked).to_contain_text("You live in the EU or EEA.")
    visitor.unfold(re.compile("under . conditions"), within=company(visitor, "Spokeo"))
    visitor.sees("These cannot be checked from here. So the request claims the right only to "
                 "the extent that:")
    make_the_requests(visitor)
    open_request(visitor, "Spokeo")
    text, size = _letter(visitor)
    assert "Jörgine Zwölfpfennig" in text
    assert "Article 17" in text or "Art. 17" in text
    assert size in {A4, US_LETTER}
    open_request(visitor, "SCHUFA")
    mark_as_sent(visitor)
    fold = _answer_by(visitor, "Delete")
    # One month to the day; the regulation's calendar knows weekends only.
    expect(fold.locator("time")).to_have_attribute("datetime", "2026-12-25")
    expect(fold).to_contain_text("GDPR Art. 12(3)")


def test_a_new_yorker_asks_politely_where_no_law_is_known(visitor: Visitor) -> None:
    plan_for(visitor, NEW_YORKER, ["Spokeo", "Innovis"])
    asked = ask_by(visitor, "Spokeo", "Letter by post")
    expect(asked).to_contain_text("A polite request; no law that this program holds applies")
    expect(asked).to_contain_text("No law that this program knows obliges them.")
    expect(company(visitor, "Innovis")).to_contain_text("Fair Credit Reporting Act")
    expect(visitor.page.locator("main")).not_to_contain_text("Consumer Privacy")
    make_the_requests(visitor)
    open_request(visitor, "Spokeo")
    text, _ = _letter(visitor)
    for claim in ("Civ. Code", "Act", "GDPR", "days", "I have the right"):
        assert not re.search(rf"\b{re.escape(claim)}\b", text), f"the letter claims: {claim}"
    mark_as_sent(visitor)
    visitor.sees("No law sets a date here. What follows is what experience suggests.")
    expect(visitor.region("Dates")).not_to_contain_text("must answer")
