"""Letters as one file to print: the very pages that are kept, what they share stored once.

Nothing is drawn anew, so what is printed is what was prepared. The letters share their fonts'
common subset to the byte; each object goes into the file once, under the hash of what it says, so
that a thousand letters take little more room than their words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    EncodedStreamObject,
    IndirectObject,
    NameObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

_OF_A_PAGE = ("/MediaBox", "/Rotate", "/Resources", "/Contents")
"""What makes a page look as it does; everything else stays behind."""


@dataclass(frozen=True, slots=True)
class BatchLetter:
    """A letter for the one file.

    Args:
        title: of its bookmark.
        pdf: as it is kept.
    """

    title: str
    pdf: bytes


def batch_pdf(
    letters: Iterable[BatchLetter], *, title: str, duplex: bool = False, language: str = "en"
) -> bytes:
    """All letters as one PDF with a bookmark each; the same letters give the same bytes.

    Args:
        letters: in the order of printing; one is held at a time.
        title: of the file, for lists of files.
        duplex: for printing on both sides: a letter with an odd number of pages is followed by
            an empty one, so that the next begins on a sheet of its own.
        language: BCP 47.
    """
    pile = _Pile(duplex=duplex)
    for letter in letters:
        pile.add(letter)
    return pile.written(title, language)


class _Pile:
    """A PDF that grows letter by letter."""

    def __init__(self, *, duplex: bool) -> None:
        self._writer = PdfWriter()
        self._duplex = duplex
        self._known: dict[bytes, IndirectObject] = {}

    def add(self, letter: BatchLetter) -> None:
        """Put a letter's pages at the end."""
        reader = PdfReader(BytesIO(letter.pdf))
        start, taken = len(self._writer.pages), dict[int, IndirectObject]()
        for page in reader.pages:
            copied = PageObject(self._writer)
            copied[NameObject("/Type")] = NameObject("/Page")
            for key in _OF_A_PAGE:
                if key in page:
                    copied[NameObject(key)] = self._copied(page.raw_get(key), taken)
            self._writer.add_page(copied)
        if self._duplex and (len(self._writer.pages) - start) % 2:
            self._writer.add_blank_page()
        self._writer.add_outline_item(title=letter.title, page_number=start)

    def written(self, title: str, language: str) -> bytes:
        """The whole file."""
        self._writer.metadata = {"/Title": title, "/Creator": "optout", "/Producer": "optout"}
        self._writer.root_object[NameObject("/Lang")] = TextStringObject(language)
        out = BytesIO()
        self._writer.write(out)
        return out.getvalue()

    def _copied(self, value: Any, taken: dict[int, IndirectObject]) -> PdfObject:
        """A value with all that it refers to; `taken` are the letter's objects that are here."""
        if isinstance(value, IndirectObject):
            if value.idnum not in taken:
                taken[value.idnum] = self._shared(self._copied(value.get_object(), taken))
            return taken[value.idnum]
        if isinstance(value, DictionaryObject):
            made = _empty_like(value)
            made.update({key: self._copied(one, taken) for key, one in value.items()})
            return made
        if isinstance(value, ArrayObject):
            return ArrayObject([self._copied(one, taken) for one in value])
        assert isinstance(value, PdfObject)
        return value

    def _shared(self, made: PdfObject) -> IndirectObject:
        """The place of an object in the file; one that says the same has it already."""
        said = BytesIO()
        made.write_to_stream(said)
        digest = hashlib.sha256(said.getvalue()).digest()
        if digest not in self._known:
            self._known[digest] = self._writer._add_object(made)  # noqa: SLF001 - pypdf's only way to add an object that is no page
        return self._known[digest]


def _empty_like(value: DictionaryObject) -> DictionaryObject:
    """A dictionary, or a stream with the same data, packed as it is."""
    if not isinstance(value, StreamObject):
        return DictionaryObject()
    stream = EncodedStreamObject() if isinstance(value, EncodedStreamObject) else StreamObject()
    stream._data = value._data  # noqa: SLF001 - the public way unpacks it, and packs it anew
    return stream
