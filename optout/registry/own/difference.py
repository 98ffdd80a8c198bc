"""The overlay against the packaged registry: what is new, changed, in conflict, or taken up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from optout.registry.own.overlay import own_entries, packaged_entries
from optout.registry.own.standing import OVER, Standing, standing

NEW = "new"


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One field: its raw values in the packaged file and in the overlay, None where absent."""

    field: str
    packaged: Any
    own: Any


@dataclass(frozen=True, slots=True)
class EntryDifference:
    """One entry of the overlay.

    Args:
        kind: `new` where the packaged file has no such entry; `conflict` where it changed a
            field since the person corrected it; `taken_up` where it says all the same by now;
            else `changed`.
        fields: those that give it its kind; of a new entry all but the id.
    """

    id: str
    kind: str
    fields: tuple[FieldDifference, ...]

    def as_dict(self) -> dict[str, Any]:
        """The shape of an entry in `registry diff`."""
        return {"id": self.id, "kind": self.kind, "fields": [
            {"field": one.field, "packaged": one.packaged, "own": one.own}
            for one in self.fields]}


def differences(packaged: Path, overlay: Path) -> tuple[EntryDifference, ...]:
    """Every entry of the overlay, in its order; none where there is no overlay.

    Raises:
        InvalidFile: when one of the files cannot be read.
    """
    own = own_entries(overlay)
    base = packaged_entries(packaged, own)
    return tuple(difference(entry, base.get(id_)) for id_, entry in own.items())


def difference(own: Mapping[str, Any], packaged: Mapping[str, Any] | None) -> EntryDifference:
    """How one entry of the overlay stands to the packaged entry of its id.

    Args:
        own: its raw fields in the overlay.
        packaged: its raw fields in the packaged file; None where that has none.
    """
    names = [name for name in own if name not in ("id", OVER)]
    pairs = {name: FieldDifference(name, (packaged or {}).get(name), own[name])
             for name in names}
    if packaged is None:
        return EntryDifference(own["id"], NEW, tuple(pairs.values()))
    over = own.get(OVER) or {}
    found = {name: standing(name, one.packaged, one.own, over.get(name))
             for name, one in pairs.items()}
    kind = next((kind for kind in (Standing.CONFLICT, Standing.CHANGED)
                 if kind in found.values()), Standing.TAKEN_UP)
    return EntryDifference(own["id"], kind.value, tuple(
        one for name, one in pairs.items() if found[name] is kind))
