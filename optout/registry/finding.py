"""A finding: what is wrong with which field of which broker, in which line of which file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from optout.registry.kinds import Path


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend.

    Args:
        broker: the entry's id; empty where the whole file is meant.
        field: the path of the field, such as `procedures[0].url`; may be empty.
        message: what is wrong, and how to mend it.
    """

    broker: str
    field: str
    line: int
    message: str
    file: str = ""

    def __str__(self) -> str:
        return ": ".join(filter(None, (f"{self.file}:{self.line}", self.broker, self.field,
                                       self.message)))

    def as_dict(self) -> dict[str, str | int]:
        """The shape of DESIGN section 6, and the file beside it."""
        return {"broker": self.broker, "field": self.field, "line": self.line,
                "message": self.message, "file": self.file}


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """By file and line; what is equal stays in the order in which it was found."""
    return tuple(sorted(findings, key=lambda finding: (finding.file, finding.line)))


def dotted(path: Path) -> str:
    """A path as people write it: `("procedures", 0, "url")` is `procedures[0].url`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text.rstrip(".")
