"""A state's own file of data brokers, taken into the user's corrections of the registry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from optout.services import folder as folders
from optout.services.desk import Library

if TYPE_CHECKING:
    from optout.registry.official.changes import Outcome
    from optout.registry.official.reading import Reading


@dataclass(frozen=True, slots=True)
class Import:
    """What a file held, and what it changed or would change."""

    reading: Reading
    outcome: Outcome

    def as_dict(self) -> dict[str, Any]:
        """The shape of DESIGN section 6; `gone` are ids, `year` the newest that the file tells."""
        return {
            "rows": self.reading.rows, "new": len(self.outcome.new),
            "matched": self.outcome.matched, "changed": len(self.outcome.changed),
            "rejected": [{"row": one.row, "reason": one.reason} for one in self.outcome.rejected],
            "gone": [one.id for one in self.outcome.gone],
            "unknown_headings": list(self.reading.unknown_headings), "year": self.reading.year}


def import_file(library: Library, registry: str, path: Path, *, day: date,
                year: int | None = None, dry_run: bool = False) -> Import:
    """Take an official file into the user's own corrections; nothing packaged is touched.

    The same file a second time changes nothing. An entry that is gone from the file is told and
    left as it is: a company that stopped registering may still hold data.

    Args:
        library: brokers and laws.
        registry: one of `registry.fields.REGISTRIES`.
        path: the file as the state publishes it, CSV or xlsx.
        day: today.
        year: of all filings, where the file does not tell it or tells it wrongly.
        dry_run: only say what would change.

    Raises:
        InvalidFile: when it is not a file of that registry, or the registry itself is broken.
        InstanceUnusable: when the data folder cannot be written.
    """
    from optout.registry import strict_yaml
    from optout.registry.official.changes import compare
    from optout.registry.official.reading import read_filings
    from optout.registry.own import overlay

    reading = read_filings(registry, strict_yaml.read_bytes(path), path.name, newest=day.year,
                           year=year)
    outcome = compare(reading, library.registry, day)
    corrections = [overlay.Correction(one.id, one.fields)
                   for one in (*outcome.new, *outcome.changed)]
    if corrections and not dry_run:
        home = library.overlay_file.parent
        folders.check(home)
        home.mkdir(mode=folders.PRIVATE, parents=True, exist_ok=True)
        overlay.save(library.overlay_file, library.packaged_file, corrections,
                     cache_folder=library.cache_folder)
        library.reload()
    return Import(reading, outcome)
