"""A pile of letters to post: what is known of each, in the order in which they are posted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO

from pypdf import PdfReader

from optout.documents.geometry import PAPERS, POINTS_PER_MM

_NEARLY = 2.0
"""Points by which a page may differ from its paper."""


@dataclass(frozen=True, slots=True)
class PiledLetter:
    """One letter of a pile, without its content.

    Args:
        document_id: where its pages are.
        reference: the request's id.
        name: the recipient as the registry calls it.
        recipient: the address lines, top to bottom, as the letter bears them.
        country: ISO 3166-1 alpha-2.
        postal_code: as the country writes it; may be empty.
        pages: printed sides.
        paper: `letter` or `a4`.
        enclosures: what is to be added by hand.
    """

    document_id: str
    reference: str
    name: str
    recipient: tuple[str, ...]
    country: str
    postal_code: str
    pages: int
    paper: str
    enclosures: tuple[str, ...] = ()

    def sheets(self, *, duplex: bool) -> int:
        """How many sheets of paper it takes."""
        return -(-self.pages // 2) if duplex else self.pages


def in_posting_order(letters: Iterable[PiledLetter], home: str) -> tuple[PiledLetter, ...]:
    """Inland first, then by country; within a country by postal code, then by reference.

    The counter takes inland letters and those that go abroad apart, and a pile in one fixed order
    can be ticked off against its lists.

    Args:
        letters: in any order.
        home: ISO 3166-1 alpha-2 of the country in which they are posted.
    """
    return tuple(sorted(letters, key=lambda one: (
        one.country != home, one.country, one.postal_code, one.reference)))


class LetterFacts:
    """What is read back from a letter's PDF.

    Args:
        pdf: the letter as it is kept.
    """

    def __init__(self, pdf: bytes) -> None:
        pages = PdfReader(BytesIO(pdf)).pages
        self.pages = len(pages)
        self._first = pages[0]

    @property
    def paper(self) -> str:
        """`letter` or `a4`; empty where it is neither."""
        box = self._first.mediabox
        return next((name for name, paper in PAPERS.items()
                     if abs(paper.width * POINTS_PER_MM - float(box.width)) < _NEARLY
                     and abs(paper.height * POINTS_PER_MM - float(box.height)) < _NEARLY), "")

    def says(self, lines: Sequence[str]) -> bool:
        """Whether every line stands on the first page, however it was broken there."""
        contents = self._first.get_contents()
        drawn = b"" if contents is None else contents.get_data()
        if all(_as_drawn(line) in drawn for line in lines):
            return True  # the plain case, twenty times as fast as reading the text
        text = _bare(self._first.extract_text())
        return all(_bare(line) in text for line in lines)


def _as_drawn(line: str) -> bytes:
    """An unbroken line in plain letters as our letters draw it: a string of its own."""
    escaped = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"({escaped})".encode()


def _bare(text: str) -> str:
    return "".join(text.split())
