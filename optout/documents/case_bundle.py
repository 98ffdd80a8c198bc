"""A case file as one PDF: cover, history, table of exhibits, every exhibit; numbered throughout."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from pypdf import PdfWriter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from optout.documents.blank import blank_pdf
from optout.documents.case_file import CaseFile
from optout.documents.case_pages import BOTTOM, TOP, CasePage, CasePart, parts_of
from optout.documents.foreign_drawing import Drawings, Frame
from optout.documents.geometry import PAPERS, POINTS_PER_MM, Paper
from optout.documents.lines import text_width
from optout.documents.sheet_pdf import draw_rows
from optout.documents.typeface import BOLD, ITALIC, REGULAR

_STAMP, _HEAD = 9.0, 9.5
_HEAD_LINE, _FOOT_LINE = 44.0, 42.0
_MARGIN = 48.0
_AIR = 5.0
_RULE = 0.4


def case_bundle_pdf(case: CaseFile) -> bytes:
    """The bundle; the same case file always gives the same bytes.

    Every page bears its number, pages of exhibits also the exhibit's label, outside of what they
    show: pages of other files and pictures are scaled into a frame.
    """
    parts = parts_of(case)
    pages = [page for part in parts for page in part.pages]
    drawn = _drawn(case, parts, len(pages))
    if not any(page.pdf for page in pages):
        return drawn
    writer = PdfWriter(clone_from=BytesIO(drawn))
    frame = _frame(PAPERS[case.page])
    known: dict[int, Drawings] = {}
    for number, page in enumerate(pages):
        if page.pdf is not None:
            drawings = known.setdefault(id(page.pdf), Drawings(writer))
            drawings.draw(page.pdf.pages[page.number], writer.pages[number], _inside(frame))
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _drawn(case: CaseFile, parts: Sequence[CasePart], total: int) -> bytes:
    """All that is ours: type, stamps, frames, pictures, the outline."""
    paper = PAPERS[case.page]
    out = BytesIO()
    canvas = blank_pdf(out, paper, title=case.title, language=case.language)
    canvas.showOutline()
    number = entries = 0
    for part in parts:
        for place, page in enumerate(part.pages):
            number += 1
            for title in (title for title, begins in part.entries if begins == place):
                entries += 1  # ReportLab knows an entry by its destination: each needs its own
                canvas.bookmarkPage(f"part-{entries}")
                canvas.addOutlineEntry(title, f"part-{entries}", 1 if part.within else 0)
            _draw_page(canvas, case, paper, page, f"page {number} of {total}")
            canvas.showPage()
    canvas.save()
    return out.getvalue()


def _draw_page(
    canvas: Canvas, case: CaseFile, paper: Paper, page: CasePage, count: str
) -> None:
    width, height = paper.width * POINTS_PER_MM, paper.height * POINTS_PER_MM
    canvas.setFont(ITALIC, _STAMP)
    canvas.drawString(_MARGIN, _FOOT_LINE, case.mark)
    line = f"{case.reference} · {count}"
    canvas.setFont(REGULAR, _STAMP)
    canvas.drawString(width - _MARGIN - text_width(REGULAR, _STAMP, line), _FOOT_LINE, line)
    if page.head:
        canvas.setFont(BOLD, _HEAD)
        canvas.drawString(_MARGIN, height - _HEAD_LINE,
                          _shortened(page.head, width - 2 * _MARGIN))
        canvas.setLineWidth(_RULE)
        canvas.line(_MARGIN, height - _HEAD_LINE - 6, width - _MARGIN, height - _HEAD_LINE - 6)
    draw_rows(canvas, paper, page.rows)
    if page.pdf is not None or page.picture:
        canvas.setLineWidth(_RULE)
        canvas.setStrokeGray(0.6)
        canvas.rect(*_frame(paper))
        canvas.setStrokeGray(0.0)
    if page.picture:
        _draw_picture(canvas, page.picture, _inside(_frame(paper)))


def _draw_picture(canvas: Canvas, picture: bytes, frame: Frame) -> None:
    """A picture at the top of its frame: as large as it fits, at most 96 points to the inch."""
    left, bottom, wide, high = frame
    reader = ImageReader(BytesIO(picture))
    width, height = reader.getSize()
    scale = min(wide / width, high / height, 72 / 96)
    canvas.drawImage(reader, left + (wide - width * scale) / 2,
                     bottom + high - height * scale, width * scale, height * scale)


def _frame(paper: Paper) -> Frame:
    """Where another file's page stands: between the stamps."""
    width, height = paper.width * POINTS_PER_MM, paper.height * POINTS_PER_MM
    return _MARGIN, BOTTOM - 8, width - 2 * _MARGIN, height - TOP - BOTTOM + 20


def _inside(frame: Frame) -> Frame:
    left, bottom, width, height = frame
    return left + _AIR, bottom + _AIR, width - 2 * _AIR, height - 2 * _AIR


def _shortened(text: str, width: float) -> str:
    """A head that fits on its line; its end says the page, so the middle gives way."""
    while text_width(BOLD, _HEAD, text) > width:
        middle = min(text.find(" · page") if " · page" in text else len(text), len(text))
        text = f"{text[:middle].rstrip('…')[:-2].rstrip()}…{text[middle:]}"
    return text


