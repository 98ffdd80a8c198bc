"""A blank PDF for all that is drawn here: our type, the same bytes each time, no date, no maker."""

from __future__ import annotations

from io import BytesIO

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from optout.documents.geometry import POINTS_PER_MM, Paper
from optout.documents.typeface import FACES, REGULAR, font

rl_config.useA85 = 0  # pages as bytes, not as text: a fifth smaller


def blank_pdf(out: BytesIO, paper: Paper, *, title: str, language: str) -> Canvas:
    """A canvas with nothing on it yet.

    Args:
        out: where the PDF goes when the canvas is saved.
        paper: of every page.
        title: of the file, for readers and lists of files.
        language: BCP 47.
    """
    for face in FACES:
        font(face)
    canvas = Canvas(
        out, pagesize=(paper.width * POINTS_PER_MM, paper.height * POINTS_PER_MM),
        pageCompression=1, invariant=1, lang=language,
        initialFontName=REGULAR)  # type: ignore[arg-type]  # the stubs take it for a number
    canvas.setTitle(title)
    canvas.setCreator("optout")
    canvas.setProducer("optout")
    return canvas
