"""The text face of the letters: fonts whose common subset is made once and then reused.

ReportLab makes a new subset of a TrueType font for every document, which costs most of the time
that a letter takes. Here the characters that nearly every letter needs form subset 0, made and
compressed once; the rest of a letter's characters, if any, form further subsets of their own.
"""

from __future__ import annotations

import zlib
from codecs import charmap_encode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FOLDER = Path(__file__).resolve().parent / "fonts"
REGULAR, BOLD, ITALIC = "OptoutText-Regular", "OptoutText-Bold", "OptoutText-Italic"
FACES = (REGULAR, BOLD, ITALIC)

NBSP = 0xA0
_TYPOGRAPHIC = "–—‘’“”•…§·©®°é"
_SUBSET_SIZE = 256
_SUBSETS_KEPT = 32

_COMMON = "".join(map(chr, range(32, 127))) + _TYPOGRAPHIC
_WORDS_ONLY = " abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ,.:;()-’–"
"""Enough for what is set in italics: the list of enclosures."""


def _codes_of(characters: str) -> tuple[int, ...]:
    """Character by code: ASCII at its own place, typographic signs from 128 on, 0 for gaps."""
    wanted = {ord(character) for character in characters}
    ascii_part = (code if code in wanted else 0 for code in range(128))
    return (*ascii_part, *(ord(c) for c in _TYPOGRAPHIC if ord(c) in wanted))


_FLAG_SYMBOLIC, _FLAG_NONSYMBOLIC = 1 << 2, 1 << 5


class _Further:
    """The characters of one document beyond the common ones, in the order of their coming."""

    def __init__(self) -> None:
        self.name = ""
        self.place: dict[int, tuple[int, int]] = {}
        self.subsets: list[list[int]] = []

    def where(self, character: int) -> tuple[int, int]:
        """Subset number (from 1) and code of a character; a new one gets the next code."""
        if character not in self.place:
            if not self.subsets or len(self.subsets[-1]) == _SUBSET_SIZE:
                self.subsets.append([0] * 32 + [32])  # code 32 is a space, as readers expect
            self.subsets[-1].append(character)
            self.place[character] = (len(self.subsets), len(self.subsets[-1]) - 1)
        return self.place[character]


def _to_unicode(font_name: str, codes: Sequence[int]) -> bytes:
    """The map from codes back to characters, so that text copies out right.

    At most 100 entries stand in one block (Adobe Technical Note 5411).
    """
    pairs = [f"<{code:02X}> <{chr(character).encode('utf-16-be').hex().upper()}>"
             for code, character in enumerate(codes) if character]
    blocks = [pairs[start:start + 100] for start in range(0, len(pairs), 100)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar"
                     for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        f"/CMapName /{font_name} def /CMapType 2 def\n"
        "1 begincodespacerange\n<00> <FF>\nendcodespacerange\n"
        f"{body}\nendcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode("ascii")


class _Written(pdfdoc.PDFObject):
    """An object written out beforehand, but for the references in it, which come last."""

    __RefOnly__ = 1

    def __init__(self, start: bytes, *references: Any) -> None:
        self._start, self._references = start, references

    def format(self, document: Any) -> bytes:
        """The object's bytes."""
        if not self._references:
            return self._start
        return b"%s %s >>" % (
            self._start, b" ".join(b"/%s %s" % (name, reference.format(document))
                                   for name, reference in self._references))


def _stream(data: bytes, **entries: int) -> bytes:
    """A compressed stream object, written out."""
    packed = zlib.compress(data, 9)
    more = "".join(f" /{name} {value}" for name, value in entries.items())
    head = f"<< /Filter /FlateDecode /Length {len(packed)}{more} >>\nstream\n"
    return head.encode("ascii") + packed + b"\nendstream\n"


@dataclass(frozen=True, slots=True)
class _Subset:
    """The objects of one subset, ready to be put into any document."""

    name: str
    file: bytes
    to_unicode: bytes
    descriptor: bytes
    font: bytes


class LetterFont(TTFont):
    """A font for ReportLab's canvas with a ready-made first subset."""

    def __init__(self, name: str, common: str) -> None:
        super().__init__(name, str(FOLDER / f"{name}.ttf"), shapable=False)
        self._codes = _codes_of(common)
        self._map = {character: code for code, character in enumerate(self._codes)
                     if character} | {NBSP: 32}
        self._further: WeakKeyDictionary[Any, _Further] = WeakKeyDictionary()
        self._subset = lru_cache(maxsize=_SUBSETS_KEPT)(self._make_subset)
        self.widths: dict[int, float] = self.face.charWidths
        self.widths[NBSP] = self.widths[32]

    def lacks(self, text: str) -> set[str]:
        """The characters of a text that this font has no shape for."""
        glyphs = self.face.charToGlyph
        return {character for character in set(text) if ord(character) not in glyphs}

    def splitString(  # noqa: N802 - ReportLab's name
        self, text: str, doc: Any, encoding: str = "utf-8",  # noqa: ARG002 - ReportLab's form
    ) -> list[tuple[int, bytes]]:
        """The text as runs of (subset, codes); the common case is one table look-up."""
        self._of(doc)
        try:
            return [(0, charmap_encode(text, "strict", self._map)[0])]
        except UnicodeEncodeError:
            return self._split_with_further(text, doc)

    def _split_with_further(self, text: str, doc: Any) -> list[tuple[int, bytes]]:
        further, runs = self._of(doc), list[tuple[int, bytearray]]()
        for character in map(ord, text):
            code = self._map.get(character)
            subset, code = (0, code) if code is not None else further.where(character)
            if not runs or runs[-1][0] != subset:
                runs.append((subset, bytearray()))
            runs[-1][1].append(code)
        return [(subset, bytes(codes)) for subset, codes in runs]

    def _of(self, doc: Any) -> _Further:
        """This font's part of a document; its first use announces the font there."""
        further = self._further.get(doc)
        if further is None:
            further = self._further[doc] = _Further()
            further.name = f"F{len(doc.fontMapping) + 1}"
            doc.fontMapping[self.fontName] = f"/{further.name}"
            doc.delayedFonts.append(self)
        return further

    def getSubsetInternalName(self, subset: int, doc: Any) -> str:  # noqa: N802 - ReportLab's name
        """The name under which pages call a subset."""
        return f"/{self._of(doc).name}+{subset}"

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - ReportLab's name
        """Add every subset that the document used."""
        further = self._further.pop(doc)
        for number, codes in enumerate((self._codes, *map(tuple, further.subsets))):
            self._add_subset(doc, f"{further.name}+{number}", self._subset(number, codes))

    def _make_subset(self, number: int, codes: tuple[int, ...]) -> _Subset:
        """Cut a subset out of the font and write its objects."""
        face = self.face
        name = f"OPTOU{chr(ord('A') + number)}+{self.fontName}"
        data = face.makeSubset(list(codes))
        widths = " ".join(str(round(self.widths.get(code, 0))) for code in codes)
        box = " ".join(str(round(edge)) for edge in face.bbox)
        descriptor = (
            f"<< /Type /FontDescriptor /FontName /{name} /Ascent {face.ascent:.0f}"
            f" /Descent {face.descent:.0f} /CapHeight {face.capHeight:.0f}"
            f" /Flags {face.flags & ~_FLAG_NONSYMBOLIC | _FLAG_SYMBOLIC} /FontBBox [{box}]"
            f" /ItalicAngle {face.italicAngle:.0f} /StemV {face.stemV:.0f}")
        font = (f"<< /Type /Font /Subtype /TrueType /BaseFont /{name} /FirstChar 0"
                f" /LastChar {len(codes) - 1} /Widths [{widths}]")
        return _Subset(name, _stream(data, Length1=len(data)), _stream(_to_unicode(name, codes)),
                       descriptor.encode("ascii"), font.encode("ascii"))

    def _add_subset(self, doc: Any, key: str, subset: _Subset) -> None:
        file = doc.Reference(_Written(subset.file), f"file:{subset.name}")
        to_unicode = doc.Reference(_Written(subset.to_unicode), f"unicode:{subset.name}")
        descriptor = doc.Reference(
            _Written(subset.descriptor, (b"FontFile2", file)), f"descriptor:{subset.name}")
        doc.idToObject["BasicFonts"].dict[key] = doc.Reference(
            _Written(subset.font, (b"ToUnicode", to_unicode), (b"FontDescriptor", descriptor)),
            key)


@cache
def font(name: str) -> LetterFont:
    """A face, read from its file once and known to ReportLab from then on."""
    made = LetterFont(name, _WORDS_ONLY if name == ITALIC else _COMMON)
    pdfmetrics.registerFont(made)
    return made
