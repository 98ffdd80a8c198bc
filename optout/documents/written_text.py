"""Text on a page: a line that the common subset can write is written out once, and then reused."""

from __future__ import annotations

from reportlab.pdfgen.textobject import PDFTextObject

from optout.documents.typeface import font


class WrittenText(PDFTextObject):
    """ReportLab's text object, quicker for the lines that letters have in common."""

    _fontname: str
    _curSubset: int  # noqa: N815 - ReportLab's name

    def _formatText(self, text: str) -> str:  # noqa: N802 - ReportLab's name
        """The operator that shows a line; with the common subset chosen, it is known already."""
        shown = font(self._fontname).shown(text) if self._curSubset == 0 else None
        if shown is not None:
            return shown
        return str(super()._formatText(text))  # type: ignore[misc]  # the stubs leave it out
