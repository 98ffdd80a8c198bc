"""The words of our own letters, read back for the copy that is set anew."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from optout.documents.letter_pdf import letter_pdf
from optout.documents.own_text import text_of_pdf
from optout.domain.document import Letter
from tests.documents import foreign

LETTER = Letter(
    reference="OPT-7K3M9Q", language="en", page="letter",
    sender=("Avery Sample", "PO Box 0", "San Francisco, CA 94102"),
    recipient=("Quick Mail LLC", "1 Data Way", "San Francisco, CA 94102"),
    date_line="November 23, 2026", subject="Privacy request", salutation="Dear desk,",
    paragraphs=("I ask for this:", "- Delete my data (A law, § 1).\nAll of it, everywhere.",
                "Name:\tAvery Sample\nCity:\tSan Francisco"),
    closing="Sincerely,", signature="Avery Sample")


def test_what_stands_on_one_line_comes_on_one_line() -> None:
    lines = text_of_pdf(letter_pdf(LETTER)).replace("\N{NO-BREAK SPACE}", " ").split("\n")
    assert "Quick Mail LLC" in lines
    assert lines[lines.index("Quick Mail LLC") + 1:][:2] == [
        "1 Data Way", "San Francisco, CA 94102"]
    assert any(line.split() == ["Name:", "Avery", "Sample"] for line in lines)
    assert any(line.split()[-5:] == ["data", "(A", "law,", "§", "1)."] for line in lines)


def test_paragraphs_stay_apart_and_pages_too() -> None:
    out = BytesIO()
    canvas = Canvas(out)
    for height, text in ((700, "One"), (688, "goes on"), (664, "Two"), (652, "goes on too")):
        canvas.drawString(72, height, text)
    canvas.drawString(300, 700, "aside")
    canvas.showPage()
    canvas.drawString(72, 700, "Three")
    canvas.save()
    assert text_of_pdf(out.getvalue()) == (
        "One   aside\ngoes on\n\nTwo\ngoes on too\n\nThree")


def test_what_is_set_in_several_fonts_comes_in_its_order() -> None:
    text = "My home is 北京路12号 and 王小明 lives there."
    lines = text_of_pdf(letter_pdf(replace(LETTER, sender=("李伟", "北京路12号"),
                                           paragraphs=(text,)))).split("\n")
    assert text in lines
    assert lines[1].startswith("北京路12号   ")


def test_a_page_without_words_is_empty() -> None:
    assert text_of_pdf(foreign.pdf_of("")) == ""
