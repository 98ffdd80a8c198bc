"""A draft for counsel as PDF: the mark on every page, and room to write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from unicodedata import category

from reportlab.pdfgen.canvas import Canvas

from optout.documents.clean import refusal
from optout.documents.flow import Chunk, Placed, Row, Run, pages_of
from optout.documents.geometry import POINTS_PER_MM, US_LETTER
from optout.documents.lines import broken, text_width
from optout.documents.texts import terms
from optout.documents.typeface import BOLD, FACES, REGULAR, font
from optout.domain.document import CounselDraft

_SIZE, _LEADING, _GAP = 10.0, 13.0, 6.0
_HEADING, _TITLE, _MARK, _FOOT = 11.5, 15.0, 10.5, 9.0
_INDENT, _TICK_INDENT, _COLUMN = 14.0, 26.0, 118.0
_TO_TICK = "- [ ] "
"""How a list item begins that counsel marks or leaves."""

_TO_WRITE_ON = 21.0
"""Points from baseline to baseline where counsel writes by hand."""

_PAPER = US_LETTER
_LEFT, _WIDTH = _PAPER.left * POINTS_PER_MM, _PAPER.text_width * POINTS_PER_MM
_HEIGHT = _PAPER.height * POINTS_PER_MM
_TOP, _BOTTOM = 82.0, _HEIGHT - 74.0


def counsel_draft_pdf(draft: CounselDraft) -> bytes:
    """The draft as a PDF; the same draft always gives the same bytes.

    Raises:
        UnwritableText: naming each character that the fonts have no shape for.
    """
    _check_writable(draft)
    pages = pages_of(_chunks(draft), first_top=_TOP, next_top=_TOP, bottom=_BOTTOM)
    out = BytesIO()
    for face in FACES:
        font(face)
    canvas = Canvas(
        out, pagesize=(_PAPER.width * POINTS_PER_MM, _HEIGHT), pageCompression=1, invariant=1,
        lang=draft.language,
        initialFontName=REGULAR)  # type: ignore[arg-type]  # the stubs take it for a number
    canvas.setTitle(f"{draft.mark}: {draft.reference}")
    canvas.setCreator("optout")
    canvas.setProducer("optout")
    for number, page in enumerate(pages, start=1):
        _draw_marks(canvas, draft, number, len(pages))
        _draw_rows(canvas, page)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _check_writable(draft: CounselDraft) -> None:
    """Refuse what would come out as an empty box, before anything is made."""
    bare = set("".join((draft.title, draft.mark, *draft.paragraphs))) - {"\n", "\t"}
    lacking = font(REGULAR).lacks("".join(bare)) | {
        c for c in bare if category(c) in {"Cf", "Cc"}}
    if lacking:
        raise refusal(lacking, "The draft’s type has no shape for")


def _chunks(draft: CounselDraft) -> list[Chunk]:
    """The text in pieces that no page divides; a heading stays with what follows it."""
    chunks: list[Chunk] = [tuple(_rows(draft.title, BOLD, _TITLE))]
    heading: Chunk = ()
    for paragraph in draft.paragraphs:
        if paragraph.startswith("## "):
            heading = tuple(_rows(paragraph[3:], BOLD, _HEADING, above=_GAP * 2.2))
            continue
        chunks.append((*heading, *_paragraph(paragraph)))
        heading = ()
    return chunks


def _paragraph(text: str) -> Iterator[Row]:
    if "\t" in text:
        yield from _table(text.split("\n"))
    elif text.startswith(_TO_TICK):
        yield from _item("[   ]", text.removeprefix(_TO_TICK), _TICK_INDENT)
    elif text.startswith("- "):
        yield from _item("–", text.removeprefix("- "), _INDENT)
    elif not text.strip("_"):
        yield Row((Run(0.0, REGULAR, _SIZE, text),), 0.0, _TO_WRITE_ON)
    else:
        yield from _rows(text, REGULAR, _SIZE, above=_GAP)


def _item(mark: str, text: str, indent: float) -> Iterator[Row]:
    first, *rest = _rows(text, REGULAR, _SIZE, above=_GAP * 0.6, indent=indent)
    yield Row((Run(0.0, REGULAR, _SIZE, mark), *first.runs), first.above, first.height)
    yield from rest


def _table(lines: Sequence[str]) -> Iterator[Row]:
    """Labels and values in two columns, with room where a value is to be written by hand."""
    for number, line in enumerate(lines):
        label, _, value = line.partition("\t")
        above = _GAP if number == 0 else 0.0
        for index, part in enumerate(broken(REGULAR, _SIZE, value, _WIDTH - _COLUMN)):
            runs = (Run(0.0, BOLD, _SIZE, label if index == 0 else ""),
                    Run(_COLUMN, REGULAR, _SIZE, part))
            yield Row(runs, 0.0 if index else above, _TO_WRITE_ON if "__" in part else _LEADING)


def _rows(
    text: str, face: str, size: float, *, above: float = 0.0, indent: float = 0.0
) -> list[Row]:
    leading = size * _LEADING / _SIZE
    return [Row((Run(indent, face, size, line),), 0.0 if index else above, leading)
            for index, line in enumerate(broken(face, size, text, _WIDTH - indent))]


def _draw_rows(canvas: Canvas, page: Sequence[Placed]) -> None:
    for placed in page:
        for run in placed.row.runs:
            canvas.setFont(run.face, run.size)
            canvas.drawString(_LEFT + run.indent, _HEIGHT - placed.baseline, run.text)


def _draw_marks(canvas: Canvas, draft: CounselDraft, number: int, pages: int) -> None:
    """The mark in a frame at the head, once more at the foot, with reference and page number."""
    top = _HEIGHT - 56.0
    canvas.setLineWidth(0.8)
    canvas.rect(_LEFT, top - 7.0, _WIDTH, 21.0)
    canvas.setFont(BOLD, _MARK)
    canvas.drawCentredString(_LEFT + _WIDTH / 2, top, draft.mark)
    canvas.setFont(REGULAR, _FOOT)
    page = terms(draft.language)["page"].format(number=number, pages=pages)
    line = f"{draft.reference} · {page}"
    canvas.drawString(_LEFT, 46.0, draft.mark)
    canvas.drawString(_LEFT + _WIDTH - text_width(REGULAR, _FOOT, line), 46.0, line)
