"""What the finished PDF says of itself, read back by two readers; and what is left of it after."""

from __future__ import annotations

import gc
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from reportlab.pdfbase.pdfdoc import PDFDocument

from optout.documents import flow, lines
from optout.documents.letter_pdf import letter_pdf
from optout.documents.order import LetterOrder
from optout.documents.typeface import FACES, font
from optout.documents.words import compose_letter
from optout.domain.document import Letter
from tests.documents.orders import ORDERS
from tests.documents.reading import reader

CALIFORNIA = compose_letter(ORDERS["california"])
EVERY = pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)


def words_on_paper(letter: Letter) -> list[str]:
    """Every word of the letter, in the order in which it stands in the file."""
    numbered, number = list[str](), 0
    several = sum(text.startswith("- ") for text in letter.paragraphs) > 1
    for text in letter.paragraphs:
        if text.startswith("- "):
            number += 1
            numbered.append(f"{number}." if several else "–")
        numbered.append(text.removeprefix("- "))
    body = (letter.subject, letter.salutation, *numbered, letter.closing, letter.signature)
    return " ".join((*letter.sender, letter.date_line, letter.reference, *letter.recipient,
                     *body)).replace("\xa0", " ").split()


def by_pypdf(pdf: bytes, _: Path) -> str:
    return " ".join(page.extract_text() for page in reader(pdf).pages)


def by_poppler(pdf: bytes, folder: Path) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("there is no pdftotext on this machine")
    (folder / "a.pdf").write_bytes(pdf)
    found = subprocess.run(["pdftotext", "-raw", folder / "a.pdf", "-"], check=True,
                           capture_output=True)
    return found.stdout.decode()


@EVERY
@pytest.mark.parametrize("read", [by_pypdf, by_poppler])
def test_the_text_is_the_words_of_the_letter_in_their_order(
    order: LetterOrder, read: Any, tmp_path: Path
) -> None:
    letter = replace(compose_letter(order), enclosures=())
    found = read(letter_pdf(letter), tmp_path).replace("\xa0", " ").split()
    assert "".join(found) == "".join(words_on_paper(letter))
    assert sorted(set(found)) == sorted(set(words_on_paper(letter)))


@EVERY
def test_every_font_is_embedded_and_the_file_is_small(order: LetterOrder) -> None:
    pdf = letter_pdf(compose_letter(order))
    page: Any = reader(pdf).pages[0]
    for reference in page["/Resources"]["/Font"].values():
        assert "/FontFile2" in reference.get_object()["/FontDescriptor"]
    assert len(pdf) < 40_000


@EVERY
def test_the_file_names_title_author_and_language_and_no_address(order: LetterOrder) -> None:
    letter = compose_letter(order)
    read: Any = reader(letter_pdf(letter))
    said = " ".join(str(value) for value in read.metadata.values())
    assert read.metadata.title == letter.subject
    assert read.metadata.author == letter.signature
    assert read.trailer["/Root"]["/Lang"] == letter.language
    assert not any(line in said for line in letter.sender[1:])


def test_the_same_letter_first_and_last_has_the_same_bytes() -> None:
    first = letter_pdf(CALIFORNIA)
    for name in ("Nguyễn Thị Ánh", "Їжакевич", "Ωραία", "محمد", "דוד", "王芳", "ſƒƟ Ǝ ₿ → ∞"):
        letter_pdf(replace(CALIFORNIA, signature=name, paragraphs=(f"My name is {name}.",)))
    assert letter_pdf(CALIFORNIA) == first


def test_nothing_is_left_of_a_letter_that_was_made() -> None:
    for number in range(40):
        letter_pdf(replace(CALIFORNIA, signature=f"Avery Nguyễn {number}",
                           sender=(f"Avery Nguyễn {number}", "محمد")))
    gc.collect()
    assert not [one for one in gc.get_objects() if isinstance(one, PDFDocument)]
    for face in FACES:
        assert not font(face)._further


def test_whatever_is_kept_between_letters_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "_WORDS_KEPT", 50)
    for number in range(60):
        letter_pdf(replace(CALIFORNIA, subject=f"Subject {number}",
                           paragraphs=(f"Paragraph {number} of some words",)))
        assert len(lines._word_widths) <= 50
    shown = (font(face).shown for face in FACES)
    for kept in (lines.broken, flow._paragraph, flow._setter, *shown):
        info = kept.cache_info()
        assert info.maxsize is not None
        assert info.currsize <= info.maxsize
