"""A scanned signature on paper: above the name, as large as a pen’s, the same bytes each time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from optout.documents.geometry import A4, PAPERS, US_LETTER, Paper
from optout.documents.letter_pdf import letter_pdf
from optout.documents.signature_image import cleaned_signature
from optout.documents.words import compose_letter
from optout.domain.errors import InvalidInput
from tests.documents.orders import ORDERS
from tests.documents.reading import lines_of, picture, reader
from tests.documents.scrawl import scrawl

CALIFORNIA = compose_letter(ORDERS["california"])
POINTS_PER_MM = 72 / 25.4


SIGNED = replace(CALIFORNIA, signature_image=scrawl())


def images_of(pdf: bytes) -> list[Any]:
    """The pictures on each page."""
    return [image for page in reader(pdf).pages for image in page.images]


@pytest.mark.parametrize("paper", [US_LETTER, A4], ids=lambda paper: paper.name)
def test_the_signature_stands_between_closing_and_name(paper: Paper, tmp_path: Path) -> None:
    pdf = letter_pdf(replace(SIGNED, page=paper.name))
    lines = [line for line in lines_of(pdf, paper)
             if line.text.startswith((SIGNED.closing, SIGNED.signature))]
    closing, name = next(line for line in lines if line.text == SIGNED.closing), lines[-1]
    width, height, pixels = picture(pdf, tmp_path, dpi=100)
    scale = height / paper.height
    dark = [row for row in range(round(closing.box.bottom * scale), round(name.box.top * scale))
            if min(pixels[row * width:(row + 1) * width]) < 0x80]
    assert len(dark) > 0.6 * (name.box.top - closing.box.bottom) * scale


@pytest.mark.parametrize(("size", "mode"), [
    ((900, 300), "L"), ((3000, 200), "L"), ((200, 900), "RGB"), ((60, 20), "L")])
def test_the_signature_has_a_sane_size(size: tuple[int, int], mode: str, tmp_path: Path) -> None:
    pdf = letter_pdf(replace(SIGNED, signature_image=scrawl(*size, mode)))
    width, height, pixels = picture(pdf, tmp_path, dpi=72)
    bare = picture(letter_pdf(CALIFORNIA), tmp_path, dpi=72)[2]
    drawn = [place for place, (one, other) in enumerate(zip(pixels, bare, strict=True))
             if abs(one - other) > 0x40]
    columns = [place % width for place in drawn]
    rows = [place // width for place in drawn]
    assert 4 <= max(columns) - min(columns) <= 171
    assert 3 < max(rows) - min(rows) <= 39
    assert height == round(US_LETTER.height * POINTS_PER_MM)


@pytest.mark.parametrize("name", ORDERS)
def test_a_letter_of_one_page_stays_one_page_and_its_words_stay_where_they_are(name: str) -> None:
    letter = compose_letter(ORDERS[name])
    paper = PAPERS[letter.page]
    signed = letter_pdf(replace(letter, signature_image=scrawl()))
    assert lines_of(signed, paper) == lines_of(letter_pdf(letter), paper)
    assert len(images_of(signed)) == 1


def test_a_signed_letter_is_the_same_to_the_byte_and_small() -> None:
    cleaned = replace(CALIFORNIA, signature_image=cleaned_signature(scrawl()))
    first = letter_pdf(cleaned)
    letter_pdf(SIGNED)
    assert letter_pdf(cleaned) == first
    assert len(first) < 60_000
    assert len(images_of(letter_pdf(CALIFORNIA))) == 0


def test_the_signature_stands_on_the_page_of_the_name() -> None:
    sentence = "This sentence stands here to make the letter long enough for two pages. "
    letter = replace(SIGNED, paragraphs=tuple(sentence * 6 for _ in range(12)))
    first, last = reader(letter_pdf(letter)).pages
    assert (len(first.images), len(last.images)) == (0, 1)


def test_a_picture_that_does_not_open_is_refused() -> None:
    with pytest.raises(InvalidInput, match="does not open") as caught:
        letter_pdf(replace(CALIFORNIA, signature_image=b"no picture"))
    assert caught.value.remedy
