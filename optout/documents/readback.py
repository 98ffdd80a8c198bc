"""A finished PDF read back: does anything in it still say what it must not?

This looks in another way than the redactor does: the whole text without its spaces and signs is
searched for each value without its spaces and signs. So a mistake of the one is found by the
other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

from optout.documents.folding import is_caseless, plain, squashed
from optout.documents.private_values import (
    BORN,
    DEVICE,
    EMAIL,
    KINDS,
    LISTING,
    OTHER,
    PHONE,
    PrivateValues,
    notice,
)
from optout.documents.private_writings import is_distinct, tells, unnumbered

_LONG = 8
"""Letters and digits that no chance puts side by side."""

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August",
           "September", "October", "November", "December")
_FENCE = "\N{SECTION SIGN}"
"""Stands where something was taken out, so that its neighbours do not become one word."""


def leaks(content: bytes, values: PrivateValues) -> tuple[str, ...]:
    """The kinds of private values that a finished PDF still holds; never the values themselves.

    Looked through: the text of the pages, every string of the file (the outline and the metadata
    are such), every stream, and the bytes of the file.
    """
    reader = PdfReader(BytesIO(content))
    objects = list(_objects(reader))
    strings = (text for value in objects for text in _strings(value))
    streams = (value.get_data().decode("latin-1") for value in objects
               if isinstance(value, StreamObject))
    found = {*_in_text("\n".join(page.extract_text() for page in reader.pages), values),
             *_in_text("\n".join(strings), values),
             *_in_bytes("\n".join((content.decode("latin-1"), *streams)), values)}
    return tuple(kind for kind in KINDS if kind in found)


def _in_text(text: str, values: PrivateValues) -> Iterator[str]:
    bare = plain(text)
    for kind in KINDS:
        words = r"\s+".join(map(re.escape, plain(notice(kind)).split()))
        bare = re.sub(words, _FENCE, bare)
    run = _without(squashed(bare.replace(_FENCE, "x0x")), map(squashed, values.kept))
    spaced = _without(_spaced(bare), map(_spaced, values.kept))
    for kind, value in _forms(values):
        short = len(squashed(value)) < _LONG and not is_caseless(value)
        if (_spaced(value) in spaced) if short else (squashed(value) in run):
            yield kind
    for place in values.places:
        code = place.address.postal_code
        if is_distinct(code) and _spaced(code) in spaced:
            yield place.kind


def _in_bytes(raw: str, values: PrivateValues) -> Iterator[str]:
    low = raw.lower()
    for kind, value in _forms(values):
        if len(squashed(value)) >= _LONG:
            bare = value.lower()
            wide = bare.encode("utf-16-be")
            if any(one in low for one in (bare, wide.decode("latin-1"), wide.hex())):
                yield kind


def _forms(values: PrivateValues) -> Iterator[tuple[str, str]]:
    """Each value that says something in the writings that a text is searched for."""
    yield from ((kind, value) for kind, value in _writings(values) if tells(value))


def _writings(values: PrivateValues) -> Iterator[tuple[str, str]]:
    for place in values.places:
        yield from ((place.kind, line) for line in place.address.lines)
        yield from ((place.kind, "".join(name)) for line in place.address.lines
                    if is_caseless(line) for name in unnumbered(line))
        if is_caseless(place.address.city) and not place.like_a_region:
            yield place.kind, place.address.city
    yield from ((EMAIL, email) for email in values.emails)
    yield from ((PHONE, digits) for digits in values.phones)
    yield from ((LISTING, url.partition("//")[2] or url) for url in values.listings)
    yield from ((DEVICE, device) for device in values.devices)
    yield from ((OTHER, name) for name in values.others)
    born = values.born
    if born is not None:
        month = _MONTHS[born.month - 1]
        for writing in (
            f"{born:%Y-%m-%d}", f"{born:%m/%d/%Y}", f"{born:%d.%m.%Y}",
            f"{born.day} {month} {born.year}", f"{month} {born.day}, {born.year}"):
            yield BORN, writing


def _without(text: str, kept: Iterable[str]) -> str:
    """A text without the blocks that may stay, the longest first."""
    for block in sorted(filter(None, kept), key=len, reverse=True):
        text = text.replace(block, f" {_FENCE} ")
    return text


def _spaced(text: str) -> str:
    words = " ".join(re.findall(r"[a-z0-9]+|[^\W_a-z0-9]+", plain(text)))
    return f" {words} "


def _objects(reader: PdfReader) -> Iterator[Any]:
    """Every object of the file, whether anything refers to it or not."""
    yield reader.trailer
    for number in sorted(reader.xref.get(0, {})):
        yield reader.get_object(number)


def _strings(value: Any) -> Iterator[str]:
    """Every string and name in an object: titles, metadata, labels; references are not followed."""
    if isinstance(value, DictionaryObject):
        for key in value:
            yield str(key)
            yield from _strings(value.raw_get(key))
    elif isinstance(value, ArrayObject):
        for item in list.__iter__(value):
            yield from _strings(item)
    elif isinstance(value, bytes):
        yield value.decode("latin-1")
    elif isinstance(value, str):
        yield str(value)
