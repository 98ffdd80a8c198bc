"""The words of a PDF that this program made, line by line, as they are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import pairwise
from typing import Any

from pypdf import PageObject, PdfReader

_BETWEEN_COLUMNS = "   "
_PARAGRAPH = 1.2
"""How much further apart than two lines of one paragraph the lines of two paragraphs stand."""


def text_of_pdf(content: bytes) -> str:
    """The words of a PDF of our own; what stands on one line comes on one line."""
    return "\n\n".join("\n".join(_lines(page)) for page in PdfReader(BytesIO(content)).pages)


def _lines(page: PageObject) -> Iterator[str]:
    """The lines of a page from top to bottom, with an empty one between paragraphs."""
    placed: dict[float, dict[float, str]] = {}

    def take(text: str, around: Sequence[float], at: Sequence[float], *_: Any) -> None:
        if text.strip():
            height = round(at[5] * around[3] + around[5], 1)
            pieces = placed.setdefault(height, {})
            pieces[at[4]] = pieces.get(at[4], "") + text  # fonts change within what is set at once

    page.extract_text(visitor_text=take)
    heights = sorted(placed, reverse=True)
    gaps = Counter(round(upper - lower, 1) for upper, lower in pairwise(heights))
    usual = gaps.most_common(1)[0][0] if gaps else 0.0
    before = heights[0] if heights else 0.0
    for height in heights:
        if before - height > usual * _PARAGRAPH:
            yield ""
        yield _BETWEEN_COLUMNS.join(
            " ".join(text.split()) for _, text in sorted(placed[height].items()))
        before = height
