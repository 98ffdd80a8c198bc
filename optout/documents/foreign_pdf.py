"""PDFs from outside: read page by page, without trust; rebuilt so that nothing in them acts."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject

from optout.documents.foreign_drawing import (
    CannotBeDrawn,
    Drawings,
    ForeignPage,
    items,
    resolved,
)
from optout.domain.errors import InvalidInput

MOST_PAGES = 300
"""A longer file stays beside a bundle: nobody reads it as part of one."""

_DEEPEST = 60
_LONGEST_SIDE = 14_400.0
_US_LETTER = (0.0, 0.0, 612.0, 792.0)
_INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it would quote the file in a log


@dataclass(frozen=True, slots=True)
class ForeignPdf:
    """A PDF from outside.

    Args:
        pages: none where it cannot be drawn again.
        unreadable: why, as a sentence; "" where it can.
    """

    pages: tuple[ForeignPage, ...] = ()
    unreadable: str = ""


def foreign_pdf(content: bytes) -> ForeignPdf:
    """The pages of a PDF; of one that is locked, damaged, empty or too long, why there are none."""
    try:
        reader = PdfReader(BytesIO(content), strict=False)
        if reader.is_encrypted:
            return ForeignPdf(unreadable="The file is locked with a password.")
        pages = tuple(_pages(reader.root_object["/Pages"]))
        trial = Drawings(PdfWriter())
        for page in pages:
            trial.drawing(page)
    except CannotBeDrawn as reason:
        return ForeignPdf(unreadable=str(reason))
    except Exception:  # noqa: BLE001 - the reader may fail in any way over a hostile file
        return ForeignPdf(unreadable="The file is damaged and cannot be read.")
    if not pages:
        return ForeignPdf(unreadable="The file has no pages.")
    return ForeignPdf(pages)


def rebuilt_pdf(content: bytes) -> bytes:
    """The same pages in a new file in which nothing acts.

    Raises:
        InvalidInput: when the file cannot be read.
    """
    found = foreign_pdf(content)
    if found.unreadable:
        raise InvalidInput(f"{found.unreadable} It is kept as it was handed over.", field="file",
                           remedy="Open the original in your own program.")
    writer = PdfWriter()
    writer.metadata = None
    drawings = Drawings(writer)
    for page in found.pages:
        width, height = page.size
        drawings.draw(page, writer.add_blank_page(width, height), (0.0, 0.0, width, height))
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _pages(root: Any) -> Iterator[ForeignPage]:
    """Every page of a tree, with what it inherits; a tree without end is refused."""
    waiting: list[tuple[Any, dict[str, Any], int]] = [(root, {}, 0)]
    found = steps = 0
    while waiting:
        node, inherited, depth = waiting.pop()
        node = resolved(node)
        steps += 1
        if depth > _DEEPEST or steps > MOST_PAGES * 20:
            raise CannotBeDrawn("The file is built in a way that cannot be followed.")
        if not isinstance(node, DictionaryObject):
            continue
        own = inherited | {key: node[key] for key in _INHERITED if key in node}
        if "/Kids" in node:
            kids = list(items(resolved(node.raw_get("/Kids"))))
            if len(kids) > MOST_PAGES:
                raise _too_long()
            waiting.extend((kid, own, depth + 1) for kid in reversed(kids))
            continue
        found += 1
        if found > MOST_PAGES:
            raise _too_long()
        yield ForeignPage(node.get("/Contents"), own.get("/Resources"), _box(own),
                          int(own.get("/Rotate") or 0) % 360)


def _too_long() -> CannotBeDrawn:
    return CannotBeDrawn(f"The file has more than {MOST_PAGES} pages.")


def _box(own: Mapping[str, Any]) -> tuple[float, float, float, float]:
    """What the page shows, never more than the paper."""
    whole = _sides(own["/MediaBox"]) if "/MediaBox" in own else _US_LETTER
    cut = _sides(own["/CropBox"]) if "/CropBox" in own else whole
    box = (max(whole[0], cut[0]), max(whole[1], cut[1]),
           min(whole[2], cut[2]), min(whole[3], cut[3]))
    width, height = box[2] - box[0], box[3] - box[1]
    if not (1.0 <= width <= _LONGEST_SIDE and 1.0 <= height <= _LONGEST_SIDE):
        raise CannotBeDrawn("A page of the file has no size that could be shown.")
    return box


def _sides(value: Any) -> tuple[float, float, float, float]:
    left, bottom, right, top = (float(resolved(side)) for side in value)
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)
