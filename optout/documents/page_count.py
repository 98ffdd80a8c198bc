"""How many pages a PDF of ours has."""

from __future__ import annotations

from io import BytesIO

from pypdf import PdfReader


def pages_in(pdf: bytes) -> int:
    """The number of its pages."""
    return len(PdfReader(BytesIO(pdf)).pages)
