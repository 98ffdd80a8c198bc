"""How a correction stands to the packaged value: it changes it, conflicts, or is taken up."""

from __future__ import annotations

import hashlib
import json
from enum import StrEnum
from typing import Any

from optout.registry.as_fields import raw_of
from optout.registry.fields import BROKER
from optout.registry.kinds import Report

OVER = "over"
"""The field of an overlay's entry that remembers, by field, which packaged value it corrected."""

_KINDS = {field.name: field.kind for field in BROKER.fields}


class Standing(StrEnum):
    """What became of a correction."""

    CHANGED = "changed"
    """It replaces the value that the person saw."""

    CONFLICT = "conflict"
    """The packaged value is another one since; the person's own stays in force."""

    TAKEN_UP = "taken_up"
    """The packaged registry says the same by now."""


def standing(name: str, packaged: Any, own: Any, over: str | None) -> Standing:
    """How the correction of one field stands.

    Args:
        name: the field.
        packaged: its raw value in the packaged file now; None where it has none.
        own: the raw value in the overlay; None takes the field out.
        over: the digest of the packaged value that was corrected; None where nobody wrote it
            down, as in a file made by hand.
    """
    if canonical(name, packaged) == canonical(name, own):
        return Standing.TAKEN_UP
    if over is None or over == digest(name, packaged):
        return Standing.CHANGED
    return Standing.CONFLICT


def digest(name: str, value: Any) -> str:
    """A short mark of a field's raw value, the same for every way to write the same."""
    text = json.dumps(canonical(name, value), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def canonical(name: str, value: Any) -> Any:
    """A field's raw value with its defaults left out; as it is where it cannot be read."""
    kind = _KINDS.get(name)
    if kind is None or value is None or name == "status":
        return value
    report = Report()
    read = kind.read(value, (), report)
    return value if report.problems else raw_of(read, kind)
