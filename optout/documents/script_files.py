"""Which font files there are for the scripts that the text face does not write.

First the vendored ones, then the person's own: every TrueType file in the folder `fonts` of the
data folder, in the order of their names. A file whose name has “bold” in it serves bold type.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

VENDORED = Path(__file__).resolve().parent / "fonts"
OWN_FOLDER = "fonts"
"""Where a person's own font files lie, in the data folder."""

SUFFIXES = (".ttf", ".ttc", ".otf")


@dataclass(frozen=True, slots=True)
class FontFile:
    """A font file as it is now: one that was replaced is another.

    Args:
        name: what the font is called in documents; letters, digits and hyphens.
        own: whether it is the person's.
    """

    name: str
    path: Path
    bold: bool = False
    own: bool = False
    size: int = 0
    changed: int = 0


VENDORED_FILES = tuple(
    FontFile(name, VENDORED / f"{name}.ttf", bold=name.endswith("Bold"))
    for name in ("OptoutHebrew-Regular", "OptoutHebrew-Bold", "OptoutArabic-Regular",
                 "OptoutArabic-Bold", "OptoutCJK-Regular"))


class _Own:
    """The folder of the person's own fonts; None until a data folder is known."""

    folder: Path | None = None


def look_in(instance: Path) -> None:
    """From now on, serve the fonts that lie in this data folder."""
    _Own.folder = instance / OWN_FOLDER


def own_files() -> tuple[FontFile, ...]:
    """The person's own font files, as they lie there now."""
    if _Own.folder is None or not _Own.folder.is_dir():
        return ()
    found = [path for path in sorted(_Own.folder.iterdir())
             if path.suffix.lower() in SUFFIXES and path.is_file()]
    return tuple(_own_file(number, path) for number, path in enumerate(found, start=1))


def _own_file(number: int, path: Path) -> FontFile:
    """A file under a name of ours: its own may hold anything."""
    stat = path.stat()
    return FontFile(f"OwnFont-{number}", path, bold="bold" in path.stem.lower(), own=True,
                    size=stat.st_size, changed=stat.st_mtime_ns)
