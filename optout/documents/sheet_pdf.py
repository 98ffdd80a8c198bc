"""A sheet as PDF: a form to sign, a leaflet, a report, a draft for counsel."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from unicodedata import category

from reportlab.pdfgen.canvas import Canvas

from optout.documents.blank import blank_pdf
from optout.documents.clean import refusal
from optout.documents.flow import Placed
from optout.documents.geometry import PAPERS, POINTS_PER_MM, Paper
from optout.documents.lines import text_width
from optout.documents.sheet_flow import SheetSetting, blocks_of, pages_of
from optout.documents.sheet_rows import BELOW_BASELINE, TICK_BOX, DrawnRow, PlotRow
from optout.documents.texts import terms
from optout.documents.typeface import BOLD, REGULAR, font
from optout.domain.document import Sheet

FOR_READERS = (
    SheetSetting(size=10.8, leading=14.4, gap=6.6, heading=12.0, title=17.0),
    SheetSetting(size=10.5, leading=13.8, gap=5.8, heading=11.6, title=16.0),
    SheetSetting(size=10.2, leading=13.2, gap=5.2, heading=11.2, title=15.5),
    SheetSetting(size=9.9, leading=12.6, gap=4.7, heading=10.8, title=14.5),
    SheetSetting(size=9.6, leading=12.0, gap=4.2, heading=10.4, title=14.0),
)
"""Set tighter only where that saves the second page."""

_MARK, _FOOT = 10.5, 9.0
_TOP_WITH_MARK, _TOP, _BOTTOM, _FOOT_LINE = 82.0, 62.0, 74.0, 46.0
_RULE_BELOW = 0.34
"""How far below the baseline a line is drawn, as a share of the row’s height."""


def sheet_pdf(
    sheet: Sheet, settings: Sequence[SheetSetting] = FOR_READERS, *, title: str = ""
) -> bytes:
    """A sheet as a PDF; the same sheet always gives the same bytes.

    Its metadata name no author: lists of files show them to whoever looks.

    Args:
        sheet: what to draw.
        settings: how densely, the best first.
        title: for lists of files; default: the sheet’s own.

    Raises:
        UnwritableText: naming each character that the fonts have no shape for.
    """
    _check_writable(sheet)
    paper = PAPERS[sheet.page]
    pages = _pages(sheet, paper, settings)
    out = BytesIO()
    canvas = blank_pdf(out, paper, title=title or sheet.title, language=sheet.language)
    for number, page in enumerate(pages, start=1):
        _draw_mark(canvas, sheet, paper)
        _draw_foot(canvas, sheet, paper, number, len(pages))
        draw_rows(canvas, paper, page)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _check_writable(sheet: Sheet) -> None:
    """Refuse what would come out as an empty box, before anything is made."""
    bare = set("".join((sheet.title, sheet.mark, sheet.reference, *sheet.paragraphs))) - {
        "\n", "\t"}
    lacking = font(REGULAR).lacks("".join(bare)) | {
        c for c in bare if category(c) in {"Cf", "Cc"}}
    if lacking:
        raise refusal(lacking, "The type of this paper has no shape for")


def _pages(sheet: Sheet, paper: Paper, settings: Sequence[SheetSetting]) -> list[list[Placed]]:
    top = _TOP_WITH_MARK if sheet.mark else _TOP
    tried: list[list[list[Placed]]] = []
    for setting in settings:
        blocks = blocks_of(sheet, setting, paper.text_width * POINTS_PER_MM)
        tried.append(pages_of(blocks, top=top,
                              bottom=paper.height * POINTS_PER_MM - _BOTTOM))
        if len(tried[-1]) == 1:
            return tried[-1]
    return tried[0]


def draw_rows(canvas: Canvas, paper: Paper, page: Sequence[Placed]) -> None:
    """The type of one page, with its lines and boxes."""
    left, height = paper.left * POINTS_PER_MM, paper.height * POINTS_PER_MM
    for placed in page:
        y = height - placed.baseline
        for run in placed.row.runs:
            canvas.setFont(run.face, run.size)
            canvas.drawString(left + run.indent, y, run.text)
        if isinstance(placed.row, DrawnRow):
            _draw_on(canvas, placed.row, left, y)
        elif isinstance(placed.row, PlotRow):
            _draw_plot(canvas, placed.row, left, y)


def _draw_on(canvas: Canvas, row: DrawnRow, left: float, y: float) -> None:
    for rule in row.rules:
        canvas.setLineWidth(rule.strength)
        below = y - min(row.height * _RULE_BELOW, 4.0)
        canvas.line(left + rule.start, below, left + rule.end, below)
    if row.to_tick:
        canvas.setLineWidth(0.8)
        canvas.rect(left, y - 0.8, TICK_BOX, TICK_BOX)


def _draw_plot(canvas: Canvas, row: PlotRow, left: float, y: float) -> None:
    from reportlab.graphics import renderPDF

    from optout.documents.sheet_plot import plot_drawing

    drawing = plot_drawing(row.plot, row.width, row.size)
    renderPDF.draw(drawing, canvas, left, y - row.height * BELOW_BASELINE)


def _draw_mark(canvas: Canvas, sheet: Sheet, paper: Paper) -> None:
    """What the sheet is, in a frame at the head of the page."""
    if not sheet.mark:
        return
    left, width = paper.left * POINTS_PER_MM, paper.text_width * POINTS_PER_MM
    top = paper.height * POINTS_PER_MM - 56.0
    canvas.setLineWidth(0.8)
    canvas.rect(left, top - 7.0, width, 21.0)
    canvas.setFont(BOLD, _MARK)
    canvas.drawCentredString(left + width / 2, top, sheet.mark)


def _draw_foot(canvas: Canvas, sheet: Sheet, paper: Paper, number: int, pages: int) -> None:
    """The mark once more, with reference and page number; nothing on a single page without."""
    if pages == 1 and not (sheet.mark or sheet.reference):
        return
    left, right = paper.left * POINTS_PER_MM, (paper.width - paper.right) * POINTS_PER_MM
    page = terms(sheet.language)["page"].format(number=number, pages=pages)
    line = f"{sheet.reference} · {page}" if sheet.reference else page
    canvas.setFont(REGULAR, _FOOT)
    canvas.drawString(left, _FOOT_LINE, sheet.mark)
    canvas.drawString(right - text_width(REGULAR, _FOOT, line), _FOOT_LINE, line)
