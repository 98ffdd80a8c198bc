"""Subsets of fonts as the PDF wants them: written out once, then put into any document."""

from __future__ import annotations

import threading
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.ttfonts import TTFontFace

SUBSET_SIZE = 256
_FLAG_SYMBOLIC, _FLAG_NONSYMBOLIC = 1 << 2, 1 << 5
_CUTTING = threading.Lock()
"""ReportLab reads a font with one cursor for all: two threads at once would cut wrong glyphs."""


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


@dataclass(frozen=True, slots=True)
class Subset:
    """The objects of one subset, ready to be put into any document."""

    name: str
    file: bytes
    to_unicode: bytes
    descriptor: bytes
    font: bytes

    def add_to(self, doc: Any, key: str) -> None:
        """Put the subset into a document, under the name by which its pages call it."""
        file = doc.Reference(_Written(self.file), f"file:{self.name}:{key}")
        to_unicode = doc.Reference(_Written(self.to_unicode), f"unicode:{self.name}:{key}")
        descriptor = doc.Reference(
            _Written(self.descriptor, (b"FontFile2", file)), f"descriptor:{self.name}:{key}")
        doc.idToObject["BasicFonts"].dict[key] = doc.Reference(
            _Written(self.font, (b"ToUnicode", to_unicode), (b"FontDescriptor", descriptor)),
            key)


def made_subset(
    face: TTFontFace, name: str, codes: Sequence[int], texts: Sequence[str],
    widths: Sequence[float],
) -> Subset:
    """Cut a subset out of a font and write its objects.

    Args:
        face: the whole font.
        name: of the subset, with its tag.
        codes: what stands at each code, as a key of the face's `charToGlyph`; 0 for a gap.
        texts: what each code copies out as; empty for nothing.
        widths: of each code, in thousandths of the type size.
    """
    with _CUTTING:
        data = face.makeSubset(list(codes))
    box = " ".join(str(round(edge)) for edge in face.bbox)
    descriptor = (
        f"<< /Type /FontDescriptor /FontName /{name} /Ascent {face.ascent:.0f}"
        f" /Descent {face.descent:.0f} /CapHeight {face.capHeight:.0f}"
        f" /Flags {face.flags & ~_FLAG_NONSYMBOLIC | _FLAG_SYMBOLIC} /FontBBox [{box}]"
        f" /ItalicAngle {face.italicAngle:.0f} /StemV {face.stemV:.0f}")
    font = (f"<< /Type /Font /Subtype /TrueType /BaseFont /{name} /FirstChar 0"
            f" /LastChar {len(codes) - 1} /Widths [{' '.join(str(round(w)) for w in widths)}]")
    return Subset(name, _stream(data, Length1=len(data)), _stream(_to_unicode(name, texts)),
                  descriptor.encode("ascii"), font.encode("ascii"))


def _to_unicode(font_name: str, texts: Sequence[str]) -> bytes:
    """The map from codes back to characters, so that text copies out right.

    At most 100 entries stand in one block (Adobe Technical Note 5411).
    """
    pairs = [f"<{code:02X}> <{text.encode('utf-16-be').hex().upper()}>"
             for code, text in enumerate(texts) if text]
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


def _stream(data: bytes, **entries: int) -> bytes:
    """A compressed stream object, written out."""
    packed = zlib.compress(data, 9)
    more = "".join(f" /{name} {value}" for name, value in entries.items())
    head = f"<< /Filter /FlateDecode /Length {len(packed)}{more} >>\nstream\n"
    return head.encode("ascii") + packed + b"\nendstream\n"
