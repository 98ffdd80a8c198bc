"""Reading a finished PDF back: whatever the redactor overlooked is found, wherever it hides."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfWriter
from pypdf.generic import NameObject, TextStringObject
from reportlab.pdfgen.canvas import Canvas

from optout.documents.private_values import (
    BORN,
    DEVICE,
    EMAIL,
    HOME,
    LISTING,
    OTHER,
    PHONE,
    REPLY,
    notice,
)
from optout.documents.readback import leaks
from tests.documents import foreign
from tests.documents.private import BROKER, VALUES

LEAKING = {
    "100 Fictional Way": HOME, "100 FICTIONAL  WAY": HOME, "PO Box 0": REPLY,
    "(415) 555-0142": PHONE, "avery.sample@example.com": EMAIL, "born 4 / 12 / 1985": None,
    "1985-04-12": BORN, "April 12, 1985": BORN, "04/12/1985": BORN,
    "quickmail.example/people/avery-sample": LISTING, "Robin Helper": OTHER,
    "00000000 0000 4000 8000 00000000beef": DEVICE}


@pytest.mark.parametrize(("text", "kind"), LEAKING.items())
def test_a_value_in_the_text_is_found(text: str, kind: str | None) -> None:
    assert leaks(foreign.pdf_of(f"It says {text} here"), VALUES) == ((kind,) if kind else ())


def test_a_value_over_two_lines_or_two_pages_is_found() -> None:
    out = BytesIO()
    canvas = Canvas(out)
    canvas.drawString(72, 700, "at 100 Fictional")
    canvas.drawString(72, 685, "Way, and avery.sample@")
    canvas.showPage()
    canvas.drawString(72, 700, "example.com")
    canvas.save()
    assert leaks(out.getvalue(), VALUES) == (HOME, EMAIL)


def test_what_may_stay_and_the_notices_themselves_are_no_leak() -> None:
    text = (f"Avery Sample, optout.sample@example.com wrote to {BROKER}. {notice(HOME)} "
            f"{notice(PHONE)}")
    assert leaks(foreign.pdf_of(text), VALUES) == ()


def test_a_block_that_may_stay_hides_nothing_beside_it() -> None:
    assert leaks(foreign.pdf_of(f"{BROKER} and zip 94102"), VALUES) == (HOME, REPLY)


def changed(**parts: str) -> bytes:
    writer = PdfWriter(clone_from=BytesIO(foreign.pdf_of("Nothing")))
    for name, text in parts.items():
        if name == "outline":
            writer.add_outline_item(title=text, page_number=0)
        elif name == "metadata":
            writer.add_metadata({"/Subject": text})
        else:
            writer.root_object[NameObject("/Extra")] = TextStringObject(text)
    return foreign.written(writer)


@pytest.mark.parametrize("where", ["outline", "metadata", "catalog"])
def test_a_value_beside_the_pages_is_found(where: str) -> None:
    assert leaks(changed(**{where: "avery.sample@example.com"}), VALUES) == (EMAIL,)
    assert leaks(changed(**{where: "ávery\u00ad.sample@example.com"}), VALUES) == (EMAIL,)
    assert leaks(changed(**{where: "nothing"}), VALUES) == ()


def test_a_value_in_a_packed_stream_that_no_page_shows_is_found() -> None:
    writer = PdfWriter(clone_from=BytesIO(foreign.pdf_of("Nothing")))
    writer.add_attachment("note.txt", b"call 4155550142")
    content = foreign.written(writer)
    assert leaks(content, VALUES) == (PHONE,)


def test_a_value_without_its_signs_beside_other_letters_is_found() -> None:
    wide = "1985-04-12".encode("utf-16-be").hex()
    assert leaks(foreign.pdf_of(f"x{wide}x"), VALUES) == (BORN,)
