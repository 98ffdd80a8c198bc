"""A PDF read back: what stands where, by an independent reader."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from pdfminer.high_level import extract_pages, extract_text
from pdfminer.layout import LTTextContainer, LTTextLine
from pypdf import PdfReader

from optout.documents.geometry import POINTS_PER_MM, Box, Paper


@dataclass(frozen=True)
class Line:
    """A line of text with its box in millimetres from the top left corner of its page."""

    page: int
    text: str
    box: Box


def lines_of(pdf: bytes, paper: Paper) -> list[Line]:
    """Every line of text, page by page."""
    return [Line(number, line.get_text().strip(), Box(
                line.x0 / POINTS_PER_MM, paper.height - line.y1 / POINTS_PER_MM,
                line.x1 / POINTS_PER_MM, paper.height - line.y0 / POINTS_PER_MM))
            for number, page in enumerate(extract_pages(BytesIO(pdf)), start=1)
            for element in page if isinstance(element, LTTextContainer)
            for line in element if isinstance(line, LTTextLine) and line.get_text().strip()]


def touches(box: Box, other: Box) -> bool:
    """Whether two boxes share any point."""
    return not (box.right <= other.left or box.left >= other.right
                or box.bottom <= other.top or box.top >= other.bottom)


def within(box: Box, other: Box) -> bool:
    """Whether a box lies wholly in another."""
    return (other.left <= box.left and box.right <= other.right
            and other.top <= box.top and box.bottom <= other.bottom)


def words_of(pdf: bytes) -> str:
    """All text with single spaces, as it copies out."""
    return " ".join(extract_text(BytesIO(pdf)).replace("\xa0", " ").split())


def reader(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def picture(pdf: bytes, folder: Path, *, dpi: int = 40) -> tuple[int, int, bytes]:
    """The first page as grey pixels: width, height, bytes."""
    if shutil.which("pdftoppm") is None:
        pytest.skip("there is no pdftoppm on this machine")
    (folder / "letter.pdf").write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", str(dpi), "-gray", "-singlefile", folder / "letter.pdf",
                    folder / "page"], check=True)
    kind, size, _, pixels = (folder / "page.pgm").read_bytes().split(b"\n", 3)
    assert kind == b"P5"
    width, height = map(int, size.split())
    return width, height, pixels
