"""Whether two pages of PDFs are the same: all that decides how they look and what they say."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

_DECIDES = ("/MediaBox", "/CropBox", "/Rotate", "/Resources", "/Contents", "/Annots")


def looks(page: PageObject) -> dict[str, Any]:
    """What a page is made of, with fonts, pictures and streams in full, wherever they lie."""
    return {key: _resolved(page[key]) for key in _DECIDES if key in page}


def pages_of(*pdfs: bytes) -> list[PageObject]:
    """The pages of several files, one after the other."""
    return [page for pdf in pdfs for page in PdfReader(BytesIO(pdf)).pages]


def _resolved(value: Any) -> Any:
    value = value.get_object()
    if isinstance(value, DictionaryObject):
        found = {str(key): _resolved(value.raw_get(key)) for key in value if key != "/Length"}
        return {**found, "data": value.get_data()} if isinstance(value, StreamObject) else found
    if isinstance(value, ArrayObject):
        return [_resolved(one) for one in value]
    return value
