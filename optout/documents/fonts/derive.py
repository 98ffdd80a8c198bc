"""Derive the vendored fonts: `python -m optout.documents.fonts.derive DIR`.

DIR holds the TrueType files of the packages named in ORIGIN.md. Kept: the characters that names
and addresses need, and for the text face punctuation, currency, letter-like signs and arrows.
Left out: hinting instructions, and layout tables where the letters do not use them; that makes
an embedded subset half as large. The licences ask that a changed font bear another name, so each
gets one.
"""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
_TEXT = ((0x20, 0x24F), (0x2B0, 0x52F), (0x1E00, 0x1FFF), (0x2000, 0x206F), (0x20A0, 0x20BF),
         (0x2100, 0x214F), (0x2190, 0x22FF))
_SPACES = ((0x20, 0x20), (0xA0, 0xA0))
"""Kept in scripts that run to the left: several words in one piece copy out in their order."""

_ARABIC = (*_SPACES, (0x600, 0x6FF), (0x750, 0x77F))
_HEBREW = (*_SPACES, (0x590, 0x5FF))
_CJK = ((0x2E80, 0x33FF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0xFF00, 0xFFEF))
_OFL = ("SIL Open Font License 1.1; the text is in {} beside this file.",
        "https://openfontlicense.org")
_APACHE = ("Apache License 2.0; the text is in {} beside this file.",
           "https://www.apache.org/licenses/LICENSE-2.0")
_LAYOUT = ["GPOS", "GSUB", "GDEF"]
_DROPPED = ["Silf", "Silt", "Glat", "Gloc", "Feat", "Sill", "DSIG", "vhea", "vmtx"]


@dataclass(frozen=True, slots=True)
class _Family:
    """One family: its name here, what is kept of it, under which licence, from which files.

    Args:
        files: the source file by face.
        shaped: whether letters need its layout tables to join.
    """

    name: str
    kept: tuple[tuple[int, int], ...]
    licence: tuple[str, str]
    licence_file: str
    files: dict[str, str]
    shaped: bool = False


FAMILIES = (
    _Family("Optout Text", _TEXT, _OFL, "OFL.txt", {
        "Regular": "GentiumBookPlus-Regular", "Bold": "GentiumBookPlus-Bold",
        "Italic": "GentiumBookPlus-Italic"}),
    _Family("Optout Arabic", _ARABIC, _OFL, "OFL-Noto.txt", {
        "Regular": "NotoNaskhArabic-Regular", "Bold": "NotoNaskhArabic-Bold"},
        shaped=True),
    _Family("Optout Hebrew", _HEBREW, _OFL, "OFL-Noto.txt", {
        "Regular": "NotoSerifHebrew-Regular", "Bold": "NotoSerifHebrew-Bold"},
        shaped=True),
    _Family("Optout CJK", _CJK, _APACHE, "APACHE.txt", {
        "Regular": "DroidSansFallback"}),
)


def _rename(font: object, family: _Family, face: str) -> None:
    """Give the font its own name; the copyright line stays."""
    table = font["name"]  # type: ignore[index]  # fontTools has no types
    licence, address = family.licence
    whole = f"{family.name} {face}"
    wanted = {1: family.name, 2: face, 3: f"optout: {whole}", 4: whole,
              6: f"{family.name.replace(' ', '')}-{face}",
              13: licence.format(family.licence_file), 14: address}
    table.names = [record for record in table.names
                   if record.nameID in {0, *wanted} and record.platformID == 3  # noqa: PLR2004 - for Windows
                   and record.langID == 0x409]  # noqa: PLR2004 - US English
    for name_id, text in wanted.items():
        table.setName(text, name_id, 3, 1, 0x409)


def derive(source: Path, target: Path, family: _Family, face: str) -> str:
    """Write one derived font and give its SHA-256."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    font = TTFont(source, recalcTimestamp=False)
    options = subset.Options()
    options.hinting = False
    options.layout_features = ["*"] if family.shaped else []
    options.drop_tables += _DROPPED if family.shaped else [*_DROPPED, *_LAYOUT]
    options.glyph_names = False
    options.notdef_outline = True
    options.name_IDs = ["*"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[code for code in font.getBestCmap()
                                 if any(low <= code <= high for low, high in family.kept)])
    subsetter.subset(font)
    _rename(font, family, face)
    font.save(target)
    return hashlib.sha256(target.read_bytes()).hexdigest()


def main(folder: Path) -> None:
    """Derive every face and print the lines that ORIGIN.md lists."""
    for family in FAMILIES:
        for face, name in family.files.items():
            target = HERE / f"{family.name.replace(' ', '')}-{face}.ttf"
            source = folder / f"{name}.ttf"
            before = hashlib.sha256(source.read_bytes()).hexdigest()
            sys.stdout.write(f"| `{source.name}` (original) | `{before}` |\n"
                             f"| `{target.name}` | `{derive(source, target, family, face)}` |\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
