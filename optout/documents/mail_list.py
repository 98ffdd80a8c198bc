"""The list that goes to the counter with certified or registered letters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from optout.documents.batch_words import batch_terms
from optout.documents.blank import blank_pdf
from optout.documents.clean import clean, refusal
from optout.documents.direction import runs_right_to_left
from optout.documents.geometry import PAPERS, POINTS_PER_MM, Paper
from optout.documents.lines import broken, text_width
from optout.documents.pile import PiledLetter
from optout.documents.texts import terms
from optout.documents.typeface import BOLD, REGULAR, font
from optout.domain.document_words import Purpose

CERTIFIED_IN = "US"
"""ISO 3166-1 alpha-2 of the country whose post has certified mail."""

_TITLE, _TEXT, _SMALL = 15.0, 9.6, 8.6
_LEADING, _SMALL_LEADING = 12.6, 10.8
_NUMBER, _ARTICLE = 30.0, 178.0
"""Widths in points: of the number, and of the room for a sticker or twenty-odd digits."""

_LEAST_ROW, _PADDING = 36.0, 5.0
_TOP, _BOTTOM, _FOOT = 56.0, 62.0, 42.0
_STAMP = 92.0
"""Side of the room for the postmark."""

_MOST_LINES = 36
"""Of one row: half a page, so that it stands on the first one, too; more go on in the next row."""

_BY_HAND = 24.0
_HEAD_ROW = 16.0


@dataclass(frozen=True, slots=True)
class _Row:
    """A letter of the list, or what is left of a very long one, then without its number.

    Args:
        named: so many of its lines are the name.
    """

    number: str
    lines: tuple[str, ...]
    height: float
    named: int


def mail_list_pdf(pile: Sequence[PiledLetter], *, page: str, home: str) -> bytes:
    """The list as PDF; the same pile always gives the same bytes.

    In the United States letters that stay there go by certified mail, which does not leave the
    country; those that go abroad, and letters elsewhere, are registered and get a list of their
    own. The numbers are those of the pile. It is a record of one's own and copies no form of any
    post office.

    Args:
        pile: in posting order.
        page: `letter` or `a4`.
        home: ISO 3166-1 alpha-2 of the country in which they are posted.

    Raises:
        UnwritableText: naming each character that the fonts have no shape for.
    """
    paper, words = PAPERS[page], batch_terms()
    width = paper.text_width * POINTS_PER_MM - _NUMBER - _ARTICLE - 2 * _PADDING
    lists: dict[str, list[_Row]] = {}
    for number, letter in enumerate(pile, start=1):
        certified = home == letter.country == CERTIFIED_IN
        lists.setdefault("list.certified" if certified else "list.registered", []).extend(
            _rows(number, letter, width))
    out = BytesIO()
    bottom = paper.height * POINTS_PER_MM - _BOTTOM
    canvas = blank_pdf(out, paper, title=" · ".join(words[key] for key in lists), language="en")
    pen = _Pen(canvas, paper)
    for key, rows in lists.items():
        pages = list(_pages(rows, first=pen.below_head, next_top=_TOP, bottom=bottom))
        for number, (top, on_page) in enumerate(pages, start=1):
            if number == 1:
                pen.head(words[key])
            pen.table(on_page, top)
            pen.foot(number, len(pages), sum(1 for row in rows if row.number))
            canvas.showPage()
    canvas.save()
    return out.getvalue()


def _rows(number: int, letter: PiledLetter, width: float) -> Iterator[_Row]:
    """Name, address and reference with what a later letter is, broken to the column."""
    name, *address = map(clean, letter.recipient)
    lacking = font(BOLD).lacks(name) | font(REGULAR).lacks("".join(address))
    if lacking:
        raise refusal(lacking, "The type of the list has no shape for")
    reference = (letter.reference if letter.purpose is Purpose.REQUEST
                 else f"{letter.reference}, {clean(letter.what)}")
    # Lines that run to the left would take what follows them on their line along.
    texts = ([*address, reference] if any(map(runs_right_to_left, address))
             else [", ".join((*address, reference))])
    named = broken(BOLD, _TEXT, name, width)
    lines = (*named,
             *(part for text in texts for part in broken(REGULAR, _SMALL, text, width)))
    for start in range(0, len(lines), _MOST_LINES):
        part = lines[start:start + _MOST_LINES]
        height = max(_LEAST_ROW, _LEADING + (len(part) - 1) * _SMALL_LEADING + 2 * _PADDING)
        yield _Row("" if start else f"{number:,}", part, height, max(len(named) - start, 0))


def _pages(
    rows: Sequence[_Row], *, first: float, next_top: float, bottom: float
) -> Iterator[tuple[float, list[_Row]]]:
    """The rows of each page with the top of its table."""
    top, y, found = first, first + _HEAD_ROW, list[_Row]()
    for row in rows:
        if found and y + row.height > bottom:
            yield top, found
            top, y, found = next_top, next_top + _HEAD_ROW, []
        found.append(row)
        y += row.height
    yield top, found


class _Pen:
    """Draws on one canvas; heights are points from the top."""

    def __init__(self, canvas: Canvas, paper: Paper) -> None:
        self._canvas = canvas
        self._height = paper.height * POINTS_PER_MM
        self._left = paper.left * POINTS_PER_MM
        self._right = (paper.width - paper.right) * POINTS_PER_MM
        beside = self._right - self._left - _STAMP - 16.0
        self._intro = broken(REGULAR, _TEXT, batch_terms()["list.intro"], beside)
        self._beside = self._left + beside

    @property
    def below_head(self) -> float:
        """Where the table of the first page begins."""
        text = _TOP + _LEADING * (len(self._intro) + 1) + 3 * _BY_HAND
        return max(text, _TOP + _STAMP) + 16.0

    def head(self, title: str) -> None:
        """Title, what it is for, lines to fill in, and room for the postmark."""
        words = batch_terms()
        self._type(BOLD, _TITLE, self._left, _TOP, title)
        y = _TOP + _LEADING * 1.5
        for line in self._intro:
            self._type(REGULAR, _TEXT, self._left, y, line)
            y += _LEADING
        y += _BY_HAND - _LEADING
        self._canvas.setLineWidth(0.5)
        for key in ("posted_by", "day", "place"):
            label = words[f"list.{key}"]
            self._type(REGULAR, _TEXT, self._left, y, label)
            self._line(self._left + text_width(REGULAR, _TEXT, label) + 8.0, y + 2.0,
                       self._beside)
            y += _BY_HAND
        top = _TOP - _TITLE * 0.7
        self._canvas.rect(self._right - _STAMP, self._height - top - _STAMP, _STAMP, _STAMP)
        self._type(REGULAR, _SMALL, self._right - _STAMP + 5.0, top + 12.0, words["list.stamp"])

    def table(self, rows: Sequence[_Row], top: float) -> None:
        """The rows of a page under the head of the table."""
        words = batch_terms()
        article = self._right - _ARTICLE
        columns = (self._left, self._left + _NUMBER, article)
        for x, key in zip(columns, ("number", "recipient", "article"), strict=True):
            self._type(BOLD, _SMALL, x + _PADDING, top + 11.0, words[f"list.{key}"])
        y = top + _HEAD_ROW
        self._canvas.setLineWidth(0.8)
        self._line(self._left, y, self._right)
        self._canvas.setLineWidth(0.4)
        for row in rows:
            self._type(REGULAR, _TEXT, self._left + _PADDING, y + _PADDING + 9.0, row.number)
            baseline = y + _PADDING + 9.0
            for index, line in enumerate(row.lines):
                face, size = (BOLD, _TEXT) if index < row.named else (REGULAR, _SMALL)
                self._type(face, size, self._left + _NUMBER + _PADDING, baseline, line)
                baseline += _SMALL_LEADING
            y += row.height
            self._line(self._left, y, self._right)
        for x in (*columns, self._right):
            self._canvas.line(x, self._height - top - _HEAD_ROW, x, self._height - y)

    def foot(self, number: int, pages: int, letters: int) -> None:
        """How many letters there are, so that no line can be added later, and the page."""
        y = self._height - _FOOT
        self._type(REGULAR, _SMALL, self._left, y, batch_terms()["list.count"].format(
            count=f"{letters:,}"))
        page = terms("en")["page"].format(number=number, pages=pages)
        self._type(REGULAR, _SMALL, self._right - text_width(REGULAR, _SMALL, page), y, page)

    def _type(self, face: str, size: float, x: float, y: float, text: str) -> None:
        self._canvas.setFont(face, size)
        self._canvas.drawString(x, self._height - y, text)

    def _line(self, start: float, y: float, end: float) -> None:
        self._canvas.line(start, self._height - y, end, self._height - y)
