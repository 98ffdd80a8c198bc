"""A pile of letters to post: what is known of each, in the order in which they are posted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

from pypdf import PdfReader

from optout.documents.batch_words import batch_terms
from optout.documents.clean import clean
from optout.documents.direction import runs_right_to_left
from optout.documents.geometry import PAPERS, POINTS_PER_MM
from optout.domain.document import Letter
from optout.domain.document_words import Purpose

_BLANK = "–"
_NEARLY = 2.0
"""Points by which a page may differ from its paper."""


@dataclass(frozen=True, slots=True)
class PiledLetter:
    """One letter of a pile, without its content.

    Args:
        document_id: where its pages are.
        reference: the request's id.
        name: the recipient as the registry calls it, or the authority.
        recipient: the address lines, top to bottom, as the letter bears them.
        country: ISO 3166-1 alpha-2.
        postal_code: as the country writes it; may be empty.
        pages: printed sides.
        paper: `letter` or `a4`.
        enclosures: what is to be added by hand.
        purpose: the request itself, or a later letter about it.
        about: whom a complaint to an authority is about; empty for all else.
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
    purpose: Purpose = Purpose.REQUEST
    about: str = ""

    @property
    def what(self) -> str:
        """What it is: `request`, `reminder`, `complaint about Sample Finder`."""
        return what_of(self.purpose, self.about)

    @property
    def title(self) -> str:
        """Its bookmark; a later letter says what it is, as its request may be there, too."""
        parts = (self.reference, self.name) if self.purpose is Purpose.REQUEST else (
            self.reference, self.what, self.name)
        return " · ".join(parts)

    def sheets(self, *, duplex: bool) -> int:
        """How many sheets of paper it takes."""
        return -(-self.pages // 2) if duplex else self.pages


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A later letter that may not go today, and stays out of the pile.

    Args:
        reference: the request's id.
        name: the recipient of the request as the registry calls it.
        reason: in a sentence or two, with what to do.
    """

    document_id: str
    reference: str
    name: str
    purpose: Purpose
    reason: str

    @property
    def what(self) -> str:
        """What it is: `reminder`, `complaint about Sample Finder`."""
        return what_of(self.purpose, self.name)

    @property
    def sentence(self) -> str:
        """Which letter it is, and why it stays."""
        key = "left_out" if self.purpose is Purpose.COMPLAINT else "left_out.to"
        return batch_terms()[key].format(
            reference=self.reference, what=self.what, name=self.name, reason=self.reason)


def what_of(purpose: Purpose, about: str) -> str:
    """What a letter of that purpose is called in a list."""
    return batch_terms()[f"what.{purpose}"].format(about=about)


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
        self._all = PdfReader(BytesIO(pdf)).pages
        self.pages = len(self._all)
        self._first = self._all[0]

    @property
    def paper(self) -> str:
        """`letter` or `a4`; empty where it is neither."""
        box = self._first.mediabox
        return next((name for name, paper in PAPERS.items()
                     if abs(paper.width * POINTS_PER_MM - float(box.width)) < _NEARLY
                     and abs(paper.height * POINTS_PER_MM - float(box.height)) < _NEARLY), "")

    def says(self, lines: Sequence[str]) -> bool:
        """Whether every line stands on the first page, however it was broken there."""
        lines = tuple(map(clean, lines))
        contents = self._first.get_contents()
        drawn = b"" if contents is None else contents.get_data()
        if all(_as_drawn(line) in drawn for line in lines):
            return True  # the plain case, twenty times as fast as reading the text
        text = _bare(self._first.extract_text())
        if not any(map(runs_right_to_left, lines)):
            return all(_bare(line) in text for line in lines)
        return all(row in text for row in _as_read(lines, self.paper or "letter"))

    def writes(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Those of several texts that stand on any of its pages, in their order."""
        written = "".join(_bare(page.extract_text()) for page in self._all)
        return tuple(text for text in texts if _bare(clean(text)) in written)


def _as_read(lines: Sequence[str], page: str) -> Iterator[str]:
    """The rows of an address as they are read back from a letter.

    Where a line runs to the left, readers put its words and numbers into an order of their own,
    so that it is set once more and read by the same reader.
    """
    from optout.documents.letter_pdf import letter_pdf

    blank = Letter(
        reference=_BLANK, language="en", page=page, sender=(_BLANK,), recipient=tuple(lines),
        date_line=_BLANK, subject=_BLANK, salutation=_BLANK, paragraphs=(_BLANK,),
        closing=_BLANK, signature=_BLANK)
    text = PdfReader(BytesIO(letter_pdf(blank))).pages[0].extract_text()
    return (_bare(row) for row in text.splitlines() if _bare(row) != _BLANK)


def _as_drawn(line: str) -> bytes:
    """An unbroken line in plain letters as our letters draw it: a string of its own."""
    escaped = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"({escaped})".encode()


def _bare(text: str) -> str:
    return "".join(text.split())
