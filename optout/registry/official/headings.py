"""The meaning of headings: they are compared in a plain form, by patterns, never word for word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LONGEST = 600
"""A longer text is no heading."""

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
_QUOTES = dict.fromkeys(map(ord, "‘’‛`´ʼ"), "'")
_MOJIBAKE = re.compile(r"â.{0,2}?(?=s\b)")  # an apostrophe that was read in the wrong encoding


def plain(heading: str) -> str:
    """A heading in small letters, without its dress.

    Apostrophes, hyphens and blanks become the plain ones; “[optional]”, “if applicable” and
    marks at the end go.
    """
    text = unicodedata.normalize("NFKC", heading).translate(_DASHES | _QUOTES).casefold()
    text = _MOJIBAKE.sub("'", text)
    text = re.sub(r"\[optional\]|\(optional\)|,? if applicable", " ", text)
    return re.sub(r"\s+", " ", text).strip(" :?*.")


@dataclass(frozen=True, slots=True)
class Meanings:
    """What the headings of one state's files may mean.

    Args:
        fields: field → pattern over the plain heading; the first that fits wins.
        passed_over: a pattern of known headings that the registry has no use for.
        wanted: fields without which a file is not of this state; each a choice of several.
    """

    fields: Mapping[str, str]
    passed_over: str
    wanted: tuple[tuple[str, ...], ...]

    def of(self, heading: str) -> str | None:
        """The field of a heading; "" for one passed over, None for one not understood."""
        if len(heading) > LONGEST:
            return None
        text = plain(heading)
        if not text:
            return ""
        for name, pattern in self.fields.items():
            if re.match(pattern, text):
                return name
        return "" if re.match(self.passed_over, text) else None

    def understood(self, cells: Sequence[str]) -> int:
        """How many different fields these cells head."""
        return len({self.of(cell) for cell in cells} - {"", None})

    def columns(self, cells: Sequence[str]) -> dict[str, int]:
        """Field → number of its column; of two that mean the same the first counts."""
        found: dict[str, int] = {}
        for number, cell in enumerate(cells):
            name = self.of(cell)
            if name:
                found.setdefault(name, number)
        return found

    def unknown(self, cells: Sequence[str]) -> tuple[str, ...]:
        """The headings that were not understood, on one line each."""
        return tuple(" ".join(cell.split())[:LONGEST] for cell in cells if self.of(cell) is None)

    def missing(self, fields: Mapping[str, int]) -> bool:
        """Whether a field without which the file is another one is not there."""
        return any(not any(name in fields for name in choice) for choice in self.wanted)
