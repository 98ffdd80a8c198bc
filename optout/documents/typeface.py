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


def _stream(packed: bytes, **entries: int) -> pdfdoc.PDFStream:
    """A stream object of bytes that are compressed already."""
    stream = pdfdoc.PDFStream(content=packed)
    stream.dictionary["Filter"] = pdfdoc.PDFName("FlateDecode")
    for name, value in entries.items():
        stream.dictionary[name] = value
    return stream


@dataclass(frozen=True, slots=True)
class _Subset:
    """One subset, ready to be put into any document.

    Args:
        length: of the font file before compression, in bytes.
        widths: the PDF array, written out.
    """

    name: str
    last: int
    file: bytes
    length: int
    to_unicode: bytes
    widths: str


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
        """Cut a subset out of the font."""
        name = f"OPTOU{chr(ord('A') + number)}+{self.fontName}"
        data = self.face.makeSubset(list(codes))
        widths = " ".join(str(round(self.widths.get(code, 0))) for code in codes)
        return _Subset(name, len(codes) - 1, zlib.compress(data, 9), len(data),
                       zlib.compress(_to_unicode(name, codes), 9), f"[{widths}]")

    def _add_subset(self, doc: Any, key: str, subset: _Subset) -> None:
        face, name = self.face, subset.name
        descriptor = pdfdoc.PDFDictionary({
            "Type": "/FontDescriptor", "FontName": pdfdoc.PDFName(name),
            "Ascent": face.ascent, "Descent": face.descent, "CapHeight": face.capHeight,
            "Flags": face.flags & ~_FLAG_NONSYMBOLIC | _FLAG_SYMBOLIC,
            "FontBBox": pdfdoc.PDFArray(face.bbox), "ItalicAngle": face.italicAngle,
            "StemV": face.stemV, "MissingWidth": face.defaultWidth,
            "FontFile2": doc.Reference(
                _stream(subset.file, Length1=subset.length), f"file:{name}"),
        })
        doc.idToObject["BasicFonts"].dict[key] = doc.Reference(pdfdoc.PDFDictionary({
            "Type": "/Font", "Subtype": "/TrueType", "BaseFont": pdfdoc.PDFName(name),
            "FirstChar": 0, "LastChar": subset.last, "Widths": subset.widths,
            "ToUnicode": doc.Reference(_stream(subset.to_unicode), f"unicode:{name}"),
            "FontDescriptor": doc.Reference(descriptor, f"descriptor:{name}"),
        }), key)


@cache
def font(name: str) -> LetterFont:
    """A face, read from its file once and known to ReportLab from then on."""
    made = LetterFont(name, _WORDS_ONLY if name == ITALIC else _COMMON)
    pdfmetrics.registerFont(made)
    return made
