"""Letters a second, against a raw ReportLab canvas that draws the same pre-broken lines.

The floor breaks no line, measures no word, places nothing: it is handed every line with its
place. It draws with ReportLab's own TrueType fonts, made from the same files; a second floor uses
the font of this program, whose common subset is made once.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from io import BytesIO
from itertools import cycle, islice
from pathlib import Path
from typing import Any
from unittest.mock import patch

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from benchmarks.requests import desk_in
from benchmarks.timing import Job, rates, report
from optout.documents import letter_pdf, typeface
from optout.documents.geometry import PAPERS, POINTS_PER_MM
from optout.domain.actor import OWNER
from optout.domain.document import Letter
from optout.domain.reference import new_id
from optout.services import demo, letters, people

COUNT = 100
FEWEST_LINES = 20
"""Of any letter: sender, recipient, subject, the request, the closing."""

RAW = "Raw-"
"""Prefix of ReportLab's own fonts, made from the same files."""

_NAME = demo.sample_person().main_name.full


def run() -> None:
    """Print the three speeds."""
    models = _models()
    for face in typeface.FACES:
        raw = TTFont(RAW + face, str(typeface.FOLDER / f"{face}.ttf"))
        raw.face.name = (RAW + face).encode()  # ReportLab takes fonts of one face name for one font
        pdfmetrics.registerFont(raw)
    ours, own_fonts, floor = rates(COUNT, [
        Job(lambda fresh: [letter_pdf.letter_pdf(letter) for letter in fresh],
            lambda: _fresh(models)),
        Job(lambda drawn: [_draw(pages, "") for pages in drawn],
            lambda: [_recorded(letter) for letter in _fresh(models)]),
        Job(lambda drawn: [_draw(pages, RAW) for pages in drawn],
            lambda: [_recorded(letter) for letter in _fresh(models)])])
    report(f"Letters ({COUNT} at a time, each with another name)", [
        ("raw canvas, the same lines, ReportLab's fonts", floor, "a second"),
        ("raw canvas, the same lines, our fonts", own_fonts, "a second"),
        ("letter_pdf", ours, "a second")], floor=0)


def _models() -> list[Letter]:
    """The letters and e-mails of the demo's first brokers, as words."""
    with tempfile.TemporaryDirectory() as folder, desk_in(Path(folder)) as desk:
        person = people.add_person(desk, demo.sample_person(), actor=OWNER)
        made = demo.create(desk, person.id, demo.actions(desk, person.id))
        composed = [letters.compose(desk, item.request.id) for item in made]
    return [one for one in composed if isinstance(one, Letter)]


def _fresh(models: list[Letter]) -> list[Letter]:
    """`COUNT` letters, each from somebody else, so that no kept line is met again."""
    return [_renamed(model, new_id("Avery Sample"))
            for model in islice(cycle(models), COUNT)]


def _renamed(letter: Letter, name: str) -> Letter:
    def renamed(lines: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(line.replace(_NAME, name) for line in lines)

    return replace(letter, reference=new_id("OPT"), signature=name,
                   sender=renamed(letter.sender), paragraphs=renamed(letter.paragraphs))


@dataclass
class _Drawn:
    """Everything that a letter draws: lines of text with their places, page by page."""

    size: tuple[float, float]
    pages: list[list[tuple[float, float, str, float, str]]] = field(default_factory=lambda: [[]])


class _Text(PDFTextObject):
    """A text object that writes down what it is told, and where it stands then."""

    def __init__(self, drawn: _Drawn, *arguments: Any, **named: Any) -> None:
        self.drawn = drawn
        self.font: tuple[str, float] = ("", 0.0)
        super().__init__(*arguments, **named)

    def setFont(self, face: str, size: float, leading: float | None = None) -> None:  # noqa: N802 -- ReportLab's name
        self.font = (face, size)
        super().setFont(face, size, leading)

    def textOut(self, text: str) -> None:  # noqa: N802 -- ReportLab's name
        self._note(text)
        super().textOut(text)

    def textLine(self, text: str = "") -> None:  # noqa: N802 -- ReportLab's name
        self._note(text)
        super().textLine(text)

    def _note(self, text: str) -> None:
        self.drawn.pages[-1].append((self.getX(), self.getY(), *self.font, text))


def _recorded(letter: Letter) -> _Drawn:
    """Draw a letter once and write down each line."""
    paper = PAPERS[letter.page]
    drawn = _Drawn((paper.width * POINTS_PER_MM, paper.height * POINTS_PER_MM))

    class Recorder(Canvas):
        def beginText(self, *arguments: Any, **named: Any) -> PDFTextObject:  # noqa: N802 -- ReportLab's name
            return _Text(drawn, self, *arguments, **named)

        def showPage(self) -> None:  # noqa: N802 -- ReportLab's name
            drawn.pages.append([])
            super().showPage()

    with patch.object(letter_pdf, "Canvas", Recorder):
        letter_pdf.letter_pdf(letter)
    drawn.pages = [[line for line in page if line[2]] for page in drawn.pages if page]
    if sum(map(len, drawn.pages)) < FEWEST_LINES:
        raise AssertionError("The letter draws its lines in a way that was not written down.")
    return drawn


def _draw(drawn: _Drawn, prefix: str) -> bytes:
    """The same lines on a plain canvas."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=drawn.size, pageCompression=1, invariant=1)
    for page in drawn.pages:
        text = canvas.beginText()
        font = ("", 0.0)
        put: Callable[[str], None] = text.textLine  # it does not measure, as textOut would
        for x, y, face, size, line in page:
            if font != (face, size):
                font = (face, size)
                text.setFont(prefix + face, size)
            text.setTextOrigin(x, y)
            put(line)
        canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()
