"""Sheets of address labels, to the millimetre.

Avery 5160: 30 labels of 2 5/8 x 1 inch on US Letter, 3/16 inch from the left and 1/2 inch from the
top edge, the columns 2 3/4 inch apart. Avery L7160: 21 labels of 63.5 x 38.1 mm on A4, 15.15 mm
from the top edge, the columns 66.04 mm apart and centred (7.21 mm from the left). Both as measured
in the maker's own templates (5160 in its PDF, L7160 in its Word file), and held against the tables
of other programs that print on them: those for L7160 say 15.1 mm, 7.2 mm and a gap of 2.5 mm; of
those for 5160 one (gLabels) sets the outer columns 0.8 mm further out. Text keeps clear of every
edge by more than that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from optout.documents.batch_words import batch_terms
from optout.documents.blank import blank_pdf
from optout.documents.clean import clean, refusal
from optout.documents.geometry import A4, POINTS_PER_MM, US_LETTER, Paper
from optout.documents.lines import broken
from optout.documents.typeface import REGULAR, font
from optout.domain.document_words import LabelSheet
from optout.domain.errors import InvalidInput

CLEAR = 2.8
"""Millimetres of each label that stay empty at every edge: printers and cutters are not exact."""

_MM_PER_INCH = 25.4
_SIZES = ((11.0, 13.2), (10.0, 12.0), (9.0, 10.8), (8.0, 9.4), (7.0, 8.2))
"""Type size and line distance to try, in points, until the address fits."""

_READABLE = 9.0
"""Points: rather than use smaller type, lines are broken."""

_CAP_HEIGHT, _DESCENT = 0.7, 0.25


@dataclass(frozen=True, slots=True)
class LabelPaper:
    """Where the labels of a sheet are, in millimetres from its top left corner.

    Args:
        across, down: how many there are.
        width, height: of one label.
        left, top: of the first label.
        to_next, to_below: from one label to the next, and to the one below it.
    """

    paper: Paper
    across: int
    down: int
    width: float
    height: float
    left: float
    top: float
    to_next: float
    to_below: float

    @property
    def on_a_sheet(self) -> int:
        """How many labels a whole sheet has."""
        return self.across * self.down

    def corner(self, place: int) -> tuple[float, float]:
        """Left and top of a label; the first is 0, and they run across."""
        down, across = divmod(place, self.across)
        return self.left + across * self.to_next, self.top + down * self.to_below


LABEL_PAPERS = {
    LabelSheet.AVERY_5160: LabelPaper(
        US_LETTER, 3, 10, 2.625 * _MM_PER_INCH, _MM_PER_INCH, 0.1875 * _MM_PER_INCH,
        0.5 * _MM_PER_INCH, 2.75 * _MM_PER_INCH, _MM_PER_INCH),
    LabelSheet.L7160: LabelPaper(A4, 3, 7, 63.5, 38.1, 7.21, 15.15, 66.04, 38.1),
}


@dataclass(frozen=True, slots=True)
class Label:
    """One label.

    Args:
        reference: of the letter that it belongs to; printed only where the address is too long.
        lines: the address, top to bottom.
    """

    reference: str
    lines: tuple[str, ...]


def labels_pdf(labels: Sequence[Label], sheet: LabelSheet, *, skip: int = 0) -> bytes:
    """Labels on as many sheets as they need; the same labels always give the same bytes.

    The place of an address that fits no label of this size says so, with the letter's reference:
    one such address among hundreds holds nobody up, and the others keep their order.

    Args:
        labels: in order, across and then down.
        sheet: which paper is in the printer.
        skip: how many labels of the first sheet are used up.

    Raises:
        InvalidInput: when more labels are skipped than a sheet has.
        UnwritableText: naming each character that the fonts have no shape for.
    """
    paper = LABEL_PAPERS[sheet]
    if not 0 <= skip < paper.on_a_sheet:
        raise InvalidInput(f"A sheet of these labels has {paper.on_a_sheet}.", field="skip",
                           remedy=f"Skip 0 to {paper.on_a_sheet - 1} of them.")
    lacking = font(REGULAR).lacks("".join(clean(line) for one in labels for line in one.lines))
    if lacking:
        raise refusal(lacking, "The type of the labels has no shape for")
    out = BytesIO()
    height = paper.paper.height * POINTS_PER_MM
    canvas = blank_pdf(out, paper.paper, title=batch_terms()["labels.title"], language="en")
    for place, label in enumerate(labels, start=skip):
        if place > skip and place % paper.on_a_sheet == 0:
            canvas.showPage()
        _draw(canvas, label, paper, place % paper.on_a_sheet, height)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _draw(canvas: Canvas, label: Label, paper: LabelPaper, place: int, height: float) -> None:
    """An address, centred in the height of its label."""
    left, top = paper.corner(place)
    room = (paper.height - 2 * CLEAR) * POINTS_PER_MM
    size, leading, lines = _fitted(label, (paper.width - 2 * CLEAR) * POINTS_PER_MM, room)
    used = (len(lines) - 1) * leading + size * (_CAP_HEIGHT + _DESCENT)
    y = height - (top + CLEAR) * POINTS_PER_MM - (room - used) / 2 - size * _CAP_HEIGHT
    canvas.setFont(REGULAR, size)
    for line in lines:
        canvas.drawString((left + CLEAR) * POINTS_PER_MM, y, line)
        y -= leading


def _fitted(label: Label, width: float, room: float) -> tuple[float, float, list[str]]:
    """The type in which the address fits, with its lines.

    The largest in which no line has to be broken; where that would be small, the largest in
    which the broken lines fit; where none does, what to do instead of the address.
    """
    cleaned = [clean(line) for line in label.lines]
    for smallest, may_break in ((_READABLE, False), (0.0, True)):
        for size, leading in _SIZES:
            lines = [part for line in cleaned for part in broken(REGULAR, size, line, width)]
            if (size >= smallest and (may_break or len(lines) == len(cleaned))
                    and (len(lines) - 1) * leading + size * (_CAP_HEIGHT + _DESCENT) <= room):
                return size, leading, lines
    by_hand = batch_terms()["labels.by_hand"].format(reference=label.reference)
    return _fitted(Label(label.reference, (by_hand,)), width, room)
