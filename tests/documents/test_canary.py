"""Hostile text in every field of person and broker, through every dress of a request."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import html5lib
import pytest
from pypdf import PdfReader

from optout.documents.clean import clean
from optout.documents.eml import LONGEST_MAILTO, email_bytes, mailto, message_id
from optout.documents.form_sheet_html import form_sheet_page
from optout.documents.letter_pdf import letter_pdf
from optout.documents.order import LetterOrder
from optout.documents.words import compose_form_sheet, compose_letter
from optout.domain.document import EmailHead
from optout.domain.errors import OptoutError, UnwritableText
from optout.domain.plan import Need
from optout.domain.words import ActingAs, Fact
from tests.documents.mail_reading import mailbox, read
from tests.documents.orders import FORMS, ORDERS, changed
from tests.documents.reading import words_of
from tests.hostile import HOSTILE, PRODUCT, leaves, unfilled
from tests.page_checks import elements

ENDLESS = 20.0
"""Seconds of processor time by which a document is called stuck; a busy machine takes one."""

MOST_PAGES = 40
WITHHELD = (Need(Fact.EMPLOYER, "They would learn it from you."),)
_BASE = ORDERS["california"]
LETTER = changed(_BASE, acting_as=ActingAs.AGENT, agent_name="Robin Example",
                 facts=dict(_BASE.facts) | {Fact.ALIASES: ("A. Sample",),
                                            Fact.REASON: ("It was never mine",)},
                 facts_withheld=WITHHELD)
SHEET = changed(FORMS["web_form"], facts_withheld=WITHHELD, sender_lines=("PO Box 0",),
                procedure=changed(FORMS["web_form"]).procedure)
OURS = re.compile(r"\.(?:reference|language|person_language|footings|deadlines)\b")
"""What neither person nor broker can choose: ids, languages, the words of the laws."""

Order = tuple[str, Callable[[Any], LetterOrder]]


def _places(order: LetterOrder) -> list[Order]:
    return [(path, change) for path, change in leaves(order) if not OURS.match(path)]


def test_the_samples_leave_no_field_out() -> None:
    empty = set(unfilled(LETTER)) & set(unfilled(SHEET))
    whole = {path for path in empty if not OURS.match(path)}
    assert whole == {
        ".procedure.rights", ".procedure.matches_on", ".procedure.eligible.residences",
        ".procedure.basis", ".procedure.expected_days", ".procedure.checked",
        ".procedure.check_by"}, "a new field: give it a value above"


def _shown(text: str) -> str:
    """What a reader sees of a text: no invisible characters, no spaces that a break may take."""
    return "".join(c for c in text if c.isprintable() and not c.isspace())


def _pdf(order: LetterOrder) -> None:
    letter = compose_letter(order)
    assert PRODUCT not in "".join((letter.subject, letter.signature, *letter.paragraphs))
    pdf = letter_pdf(letter)
    assert 1 <= len(PdfReader(BytesIO(pdf)).pages) <= MOST_PAGES
    assert not re.search(rb"/(?:JavaScript|JS|URI|OpenAction|AA|Launch|AcroForm)\b", pdf)


def _mail(order: LetterOrder) -> None:
    letter = compose_letter(order)
    head = EmailHead(sender=order.reply_email, to="privacy@example.org", subject=letter.subject,
                     message_id=message_id(order.reference, 1, order.reply_email),
                     date=datetime(2026, 11, 23, tzinfo=UTC))
    message = read(email_bytes(letter, head))
    assert sorted(message.names) == sorted([
        "From", "To", "Subject", "Date", "Message-ID", "X-Unsent", "MIME-Version",
        "Content-Type", "Content-Transfer-Encoding", "Content-Language"])
    assert mailbox(message["To"]) == ("", "privacy@example.org")
    assert message.kind == "text/plain"
    assert PRODUCT not in message.text
    assert "\n-- \n" not in message.text
    link = mailto(letter, head.to)
    assert len(link) <= LONGEST_MAILTO
    if link:
        assert link.isascii()
        assert re.fullmatch(r"mailto:privacy@example\.org\?subject=[^&?]*&body=[^&?]*", link)


def _sheet(order: LetterOrder) -> None:
    page = form_sheet_page(compose_form_sheet(order)).decode("utf-8")
    root = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    usual = _usual_elements()
    found = Counter(str(e.tag) for e in elements(root))
    assert set(found) <= set(usual), set(found) - set(usual)
    for tag in ("script", "style", "meta", "title", "h1", "main"):
        assert found[tag] == usual[tag], tag
    for element in elements(root):
        assert not any(name.startswith("on") or name == "style" for name in element.attrib)
        if element.tag == "a":
            assert urlsplit(element.attrib["href"]).scheme in {"http", "https"}
            assert element.attrib["rel"] == "noreferrer noopener"
    assert PRODUCT not in page
    for hidden in "\u202e\u202c\u200b\ufeff\u2028\0\x1b":
        assert hidden not in page


@cache
def _usual_elements() -> Counter[str]:
    page = form_sheet_page(compose_form_sheet(SHEET)).decode("utf-8")
    root = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    return Counter(str(e.tag) for e in elements(root))


DRESSES: dict[str, tuple[LetterOrder, Callable[[LetterOrder], None]]] = {
    "letter": (LETTER, _pdf), "e-mail": (LETTER, _mail), "form sheet": (SHEET, _sheet)}


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("dress", DRESSES)
def test_every_field_comes_out_right_or_is_refused(dress: str, hostile: str) -> None:
    sample, check = DRESSES[dress]
    for path, change in _places(sample):
        begun = time.process_time()
        try:
            refused = _tried(check, change, HOSTILE[hostile])
        except Exception as error:
            raise AssertionError(f"{dress}, {path} = {hostile}") from error
        assert time.process_time() - begun < ENDLESS, path
        assert refused is None or refused.remedy, path


def _tried(
    check: Callable[[LetterOrder], None], change: Callable[[Any], LetterOrder], text: str
) -> OptoutError | None:
    try:
        check(change(text))
    except OptoutError as refused:
        return refused
    return None


@pytest.mark.parametrize("hostile", ["markup", "template", "sheet"])
def test_what_can_be_printed_is_printed_as_it_was_written(hostile: str) -> None:
    words = _shown(HOSTILE[hostile])
    for field in ("agent_name", "broker_name"):
        order = changed(LETTER, **{field: HOSTILE[hostile]})
        assert words in _shown(words_of(letter_pdf(compose_letter(order))))
    order = changed(SHEET, facts={Fact.FULL_NAME: (HOSTILE[hostile],),
                                  Fact.LISTING_URL: ("https://www.example.com/p",)})
    (value, *_) = [v for v in compose_form_sheet(order).values if v.fact is Fact.FULL_NAME]
    assert _shown(value.value) == words


def test_a_letter_takes_the_accents_of_any_script_and_no_heap_of_them() -> None:
    assert clean("Nguyễn Q\u0301\u0302\u0303") == "Nguyễn Q\u0301\u0302\u0303"
    with pytest.raises(UnwritableText, match="more than 8 accents") as caught:
        clean(HOSTILE["heap"])
    assert "COMBINING CEDILLA" in caught.value.characters
