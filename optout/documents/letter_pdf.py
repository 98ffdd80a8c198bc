"""A letter as PDF: drawn on ReportLab's canvas, which parses nothing that it is given."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from unicodedata import category

from reportlab.pdfgen.canvas import Canvas

from optout.documents.blank import blank_pdf
from optout.documents.clean import refusal
from optout.documents.flow import (
    DENSE,
    ROOMY,
    SMALL,
    SMALL_LEADING,
    TIGHT,
    Chunk,
    NameRow,
    Placed,
    Row,
    Run,
    chunks_of,
    pages_of,
)
from optout.documents.geometry import PAPERS, POINTS_PER_MM, Box, Paper
from optout.documents.lines import broken, text_width
from optout.documents.signature import draw_signature
from optout.documents.texts import terms
from optout.documents.typeface import BOLD, REGULAR, font
from optout.documents.written_text import WrittenText
from optout.domain.document import Letter

_KNOWN = frozenset(map(chr, range(32, 127))) | {"\n", "\t"}
"""What every letter has, and every face can write."""

_ADDRESS_SIZES = ((11.0, 13.2), (10.0, 12.0), (9.5, 11.2), (9.0, 10.4))
"""Type size and line distance to try, in points, until the address fits its window."""

_SENDER_SIZES = ((ROOMY.size, ROOMY.leading), (9.5, 11.4), (8.5, 9.8))

_CAP_HEIGHT = 0.7
_DESCENT = 0.3
_NO_DISTANCE = 0.001
_ROW_ABOVE_BASELINE, _AIR = 0.75, 1.0
_MARK_GREY = 0.55
_MARK_LEFT, _MARK_LENGTH = 4.0, 4.0


def letter_pdf(letter: Letter) -> bytes:
    """The letter as a PDF; the same letter always gives the same bytes.

    Raises:
        UnwritableText: naming each character that the fonts have no shape for.
    """
    check_writable(letter)
    paper = PAPERS[letter.page]
    head, address = _head(letter, paper), _in_window(letter, paper)
    chunks: list[Chunk] = []
    first_top = paper.first_line * POINTS_PER_MM
    if head is None or address is None:
        chunks = [tuple(_plain_head(letter, paper))]
        head, address, first_top = [], [], paper.sender.top * POINTS_PER_MM
    pages = _pages(letter, paper, chunks, first_top)
    return _drawn(letter, paper, [*head, *address], pages)


def _pages(
    letter: Letter, paper: Paper, before: Sequence[Chunk], first_top: float
) -> list[list[Placed]]:
    """The text on its pages; set tighter only where that saves the second page."""
    tried: list[list[list[Placed]]] = []
    for setting in (ROOMY, TIGHT, DENSE):
        lowest = (paper.height - paper.bottom) * POINTS_PER_MM + setting.less_margin
        tried.append(pages_of(
            [*before, *chunks_of(letter, paper, setting)], first_top=first_top,
            next_top=paper.next_page_top * POINTS_PER_MM, bottom=lowest))
        if len(tried[-1]) == 1:
            return tried[-1]
    return tried[0]


def check_writable(letter: Letter) -> None:
    """Refuse what would come out as an empty box, before anything is made.

    Raises:
        UnwritableText: naming each character that the fonts have no shape for.
    """
    text = "".join((
        *letter.sender, *letter.recipient, letter.date_line, letter.subject, letter.salutation,
        *letter.paragraphs, letter.closing, letter.signature, *letter.enclosures,
        letter.reference))
    rare = "".join(set(text) - _KNOWN)
    lacking = font(REGULAR).lacks(rare) | {c for c in rare if category(c) in {"Cf", "Cc"}}
    if lacking:
        raise refusal(lacking, "The letter’s type has no shape for")


def _head(letter: Letter, paper: Paper) -> list[Placed] | None:
    """The sender on the left; date and reference on the right. None if it does not fit."""
    sender = _sender(letter, paper)
    if sender is None:
        return None
    right = (paper.width - paper.right) * POINTS_PER_MM
    top = paper.sender.top * POINTS_PER_MM + ROOMY.size
    for index, line in enumerate((letter.date_line, letter.reference)):
        start = right - text_width(REGULAR, ROOMY.size, line)
        row = Row((Run(start, REGULAR, ROOMY.size, line),))
        sender.append(Placed(row, top + index * ROOMY.leading))
    return sender


def _sender(letter: Letter, paper: Paper) -> list[Placed] | None:
    """The sender's lines, the name in bold, smaller where they are many."""
    box, left = paper.sender, paper.left * POINTS_PER_MM
    width, room = ((box.right - box.left) * POINTS_PER_MM, (box.bottom - box.top) * POINTS_PER_MM)
    for size, leading in _SENDER_SIZES:
        lines = [(BOLD, part) for name in letter.sender[:1]
                 for part in broken(BOLD, size, name, width)]
        lines += [(REGULAR, part) for part in _wrapped(letter.sender[1:], size, width)]
        if len(lines) * leading <= room:
            top = box.top * POINTS_PER_MM + size
            return [Placed(Row((Run(left, face, size, line),), height=leading),
                           top + index * leading) for index, (face, line) in enumerate(lines)]
    return None


def _wrapped(lines: Sequence[str], size: float, width: float) -> list[str]:
    return [part for line in lines for part in broken(REGULAR, size, line, width)]


def _in_window(letter: Letter, paper: Paper) -> list[Placed] | None:
    """The recipient's lines, the last on the lower edge of the box; None if none fits.

    As large as shows wherever the sheet slides in its envelope; what does not, as large as shows
    while it lies on the lower edge.
    """
    box: Box = paper.address
    width, bottom = (box.right - box.left) * POINTS_PER_MM, box.bottom * POINTS_PER_MM
    for top in (max(box.top, paper.always.top), box.top):
        for size, leading in _ADDRESS_SIZES:
            lines = _wrapped(letter.recipient, size, width)
            high = (len(lines) - 1) * leading + size * (_CAP_HEIGHT + _DESCENT)
            if high <= bottom - top * POINTS_PER_MM:
                last = bottom - size * _DESCENT
                return [Placed(Row((Run(box.left * POINTS_PER_MM, REGULAR, size, line),),
                                   height=leading), last - (len(lines) - 1 - index) * leading)
                        for index, line in enumerate(lines)]
    return None


def _plain_head(letter: Letter, paper: Paper) -> list[Row]:
    """Sender, date, reference and recipient one below the other, for what fits no window."""
    width = paper.text_width * POINTS_PER_MM
    rows: list[Row] = []
    for block in (letter.sender, (letter.date_line, letter.reference), letter.recipient, ("",)):
        for index, line in enumerate(_wrapped(block, ROOMY.size, width)):
            above = ROOMY.leading if rows and index == 0 else 0.0
            rows.append(Row((Run(0.0, REGULAR, ROOMY.size, line),), above))
    return rows


def _drawn(
    letter: Letter, paper: Paper, head: Sequence[Placed], pages: Sequence[Sequence[Placed]]
) -> bytes:
    out = BytesIO()
    height = paper.height * POINTS_PER_MM
    canvas = blank_pdf(out, paper, title=letter.subject, language=letter.language)
    canvas.setAuthor(letter.signature)
    for number, page in enumerate(pages, start=1):
        if number == 1:
            _draw_marks(canvas, paper)
            _draw_rows(canvas, height, 0.0, head)
        if letter.signature_image:
            _draw_signature(canvas, letter, paper, page)
        _draw_rows(canvas, height, paper.left * POINTS_PER_MM, page)
        if len(pages) > 1:
            _draw_foot(canvas, letter, paper, number, len(pages))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _draw_marks(canvas: Canvas, paper: Paper) -> None:
    """Hairlines at the left edge: where to fold, and where to set the punch."""
    canvas.setLineWidth(0.3)
    canvas.setStrokeGray(_MARK_GREY)
    ends = [(fold, _MARK_LENGTH) for fold in paper.folds]
    if paper.punch is not None:
        ends.append((paper.punch, _MARK_LENGTH * 1.5))
    for height, length in ends:
        y = (paper.height - height) * POINTS_PER_MM
        canvas.line(_MARK_LEFT * POINTS_PER_MM, y, (_MARK_LEFT + length) * POINTS_PER_MM, y)


def _draw_rows(canvas: Canvas, height: float, left: float, rows: Sequence[Placed]) -> None:
    """Write rows of type; a line right below the one before needs no place of its own."""
    text = WrittenText(canvas)
    type_now: tuple[str, float, float] | None = None
    next_at = (0.0, 0.0)
    for placed in rows:
        for run in placed.row.runs:
            wanted = (run.face, run.size, placed.row.height)
            if type_now != wanted:
                type_now = wanted
                text.setFont(*wanted)
            x, y = left + run.indent, height - placed.baseline
            if abs(next_at[0] - x) > _NO_DISTANCE or abs(next_at[1] - y) > _NO_DISTANCE:
                text.setTextOrigin(x, y)
            text.textLine(run.text)  # unlike textOut, it does not measure the text again
            next_at = (x, y - placed.row.height)
    canvas.drawText(text)


def _draw_signature(
    canvas: Canvas, letter: Letter, paper: Paper, page: Sequence[Placed]
) -> None:
    """The scanned signature in the room above the name, on the page that has it."""
    for placed in page:
        if isinstance(placed.row, NameRow):
            top = placed.baseline - placed.row.height * _ROW_ABOVE_BASELINE
            draw_signature(
                canvas, letter.signature_image, left=paper.left * POINTS_PER_MM,
                bottom=paper.height * POINTS_PER_MM - top, room=placed.row.above - _AIR)


def _draw_foot(canvas: Canvas, letter: Letter, paper: Paper, number: int, pages: int) -> None:
    """Reference and page number, where the letter has more than one page."""
    words = terms(letter.language)["page"].format(number=number, pages=pages)
    line = f"{letter.reference} · {words}"
    canvas.setFont(REGULAR, SMALL, SMALL_LEADING)
    canvas.drawRightString((paper.width - paper.right) * POINTS_PER_MM,
                           (paper.bottom - 11.0) * POINTS_PER_MM, line)
