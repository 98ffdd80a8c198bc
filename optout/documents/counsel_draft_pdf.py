"""A draft for counsel as PDF: the mark on every page, and room to write."""

from __future__ import annotations

from optout.documents.sheet_flow import SheetSetting
from optout.documents.sheet_pdf import sheet_pdf
from optout.domain.document import CounselDraft

_SETTING = SheetSetting(size=10.0, leading=13.0, gap=6.0)


def counsel_draft_pdf(draft: CounselDraft) -> bytes:
    """The draft as a PDF; the same draft always gives the same bytes.

    Raises:
        UnwritableText: naming each character that the fonts have no shape for.
    """
    return sheet_pdf(draft, (_SETTING,), title=f"{draft.mark}: {draft.reference}")
