"""Font files made on the spot: a square for each character."""

from __future__ import annotations

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen

_WIDE = 600


def make_font(
    path: Path, characters: str, *, post_script: bool = False, rights: int = 0, wide: int = _WIDE
) -> Path:
    """Write a font that draws each of the characters as a square."""
    names = {ord(character): f"square{ord(character):X}" for character in characters}
    order = [".notdef", *names.values()]
    builder = FontBuilder(1000, isTTF=not post_script)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(names)
    pen = T2CharStringPen(wide, None) if post_script else TTGlyphPen(None)
    pen.moveTo((50, 0))
    for corner in ((50, 500), (550, 500), (550, 0)):
        pen.lineTo(corner)
    pen.closePath()
    if post_script:
        builder.setupCFF("Squares", {}, dict.fromkeys(order, pen.getCharString()), {})
    else:
        builder.setupGlyf(dict.fromkeys(order, pen.glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys(order, (wide, 50)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupOS2(fsType=rights, sTypoAscender=800, sTypoDescender=-200)
    builder.setupNameTable({"familyName": "Squares", "styleName": "Regular",
                            "psName": "Squares-Regular"})
    builder.setupPost()
    path.parent.mkdir(parents=True, exist_ok=True)
    builder.save(path)
    return path
