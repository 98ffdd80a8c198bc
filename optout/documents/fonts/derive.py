"""Derive the vendored fonts from Gentium Book Plus: `python -m optout.documents.fonts.derive DIR`.

DIR holds the TrueType files of the package named in ORIGIN.md. Kept: Latin, Greek and Cyrillic
with their marks, punctuation, currency, letter-like signs and arrows. Left out: hinting
instructions and layout tables, which the letters do not use; that makes an embedded subset half
as large. The licence asks that a changed font bear another name, so it gets one.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
FACES = {"Regular": "GentiumBookPlus-Regular", "Bold": "GentiumBookPlus-Bold",
         "Italic": "GentiumBookPlus-Italic"}
FAMILY = "Optout Text"
_RANGES = ((0x20, 0x24F), (0x2B0, 0x52F), (0x1E00, 0x1FFF), (0x2000, 0x206F), (0x20A0, 0x20BF),
           (0x2100, 0x214F), (0x2190, 0x22FF))
_LICENCE = "SIL Open Font License 1.1; the text is in OFL.txt beside this file."
_NAMES = {1: FAMILY, 13: _LICENCE, 14: "https://openfontlicense.org"}
_DROPPED = ["Silf", "Silt", "Glat", "Gloc", "Feat", "Sill", "DSIG", "GPOS", "GSUB", "GDEF"]


def _rename(font: object, face: str) -> None:
    """Give the font its own name; the copyright line stays."""
    table = font["name"]  # type: ignore[index]  # fontTools has no types
    wanted = {**_NAMES, 2: face, 4: f"{FAMILY} {face}", 6: f"OptoutText-{face}"}
    wanted[3] = f"optout: {wanted[4]}"
    table.names = [record for record in table.names
                   if record.nameID in {0, *wanted} and record.platformID == 3  # noqa: PLR2004 - Windows
                   and record.langID == 0x409]  # noqa: PLR2004 - US English
    for name_id, text in wanted.items():
        table.setName(text, name_id, 3, 1, 0x409)


def derive(source: Path, target: Path, face: str) -> str:
    """Write one derived font and give its SHA-256."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    font = TTFont(source, recalcTimestamp=False)
    options = subset.Options()
    options.hinting = False
    options.layout_features = []
    options.drop_tables += _DROPPED
    options.glyph_names = False
    options.notdef_outline = True
    options.name_IDs = ["*"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[code for code in font.getBestCmap()
                                 if any(low <= code <= high for low, high in _RANGES)])
    subsetter.subset(font)
    _rename(font, face)
    font.save(target)
    return hashlib.sha256(target.read_bytes()).hexdigest()


def main(folder: Path) -> None:
    """Derive every face and print the lines that ORIGIN.md lists."""
    for face, name in FACES.items():
        target = HERE / f"OptoutText-{face}.ttf"
        digest = derive(folder / f"{name}.ttf", target, face)
        sys.stdout.write(f"{digest}  {target.name}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
