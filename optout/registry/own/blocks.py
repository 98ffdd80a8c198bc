"""A registry file as blocks of lines, one for each entry, so that one can be changed in place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from optout.registry import strict_yaml
from optout.registry.writing import entry_yaml

_LIST = re.compile(r"brokers:\s*(?:#.*)?")
_ID = re.compile(r"- id: +([\"']?)([a-z0-9-]+)\1\s*(?:#.*)?")

Edit = tuple[int, int, list[str]]
"""First line, the line after the last one (both from 0), and the lines that take their place."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """The lines of a file, each with its end, and where each entry stands among them.

    Args:
        spans: by id, the entry's first line and the line after its last one, from 0. Comments
            and empty lines between entries belong to none.
        end: where a new entry is put.
    """

    lines: tuple[str, ...]
    spans: Mapping[str, tuple[int, int]]
    end: int

    def fields(self, id_: str) -> dict[str, Any] | None:
        """The raw fields of an entry; None where there is none of this id.

        Raises:
            InvalidFile: when its lines cannot be read.
        """
        if id_ not in self.spans:
            return None
        first, after = self.spans[id_]
        data, _ = strict_yaml.load("".join(self.lines[first:after]), name=id_)
        entry: dict[str, Any] = data[0]
        return entry

    def edits(self, entries: Mapping[str, Mapping[str, Any] | None]) -> list[Edit]:
        """What makes these entries stand in the file, in the order of its lines.

        Args:
            entries: by id, all the fields of an entry; None takes it out. One that the file has
                is written in its place, a new one after the last.
        """
        edits: list[Edit] = []
        added: list[str] = []
        for id_, fields in entries.items():
            written = entry_yaml(fields).splitlines(keepends=True) if fields else []
            if id_ in self.spans:
                first, after = self.spans[id_]
                while not written and after < len(self.lines) and not self.lines[after].strip():
                    after += 1
                edits.append((first, after, written))
            elif written:
                added += ["\n", *written]
        if added:
            edits.append((self.end, self.end, added))
        return sorted(edits, key=lambda edit: edit[:2])

    def edited(self, edits: Iterable[Edit]) -> str:
        """The text of the file after these edits, which are in the order of its lines."""
        lines: list[str] = []
        here = 0
        for first, after, written in edits:
            lines += [*self.lines[here:first], *written]
            here = after
        return "".join([*lines, *self.lines[here:]])


def blocks_of(text: str) -> Blocks | None:
    """The blocks of a file; None where it is laid out in another way.

    The layout is that of brokers.yaml: “brokers:” and each “- id:” begin their lines.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    lines = [f"{line}\n" for line in text.split("\n")]
    starts = [number for number, line in enumerate(lines) if _LIST.fullmatch(line.rstrip("\n"))]
    if len(starts) != 1:
        return None
    spans: dict[str, tuple[int, int]] = {}
    id_, first, after = "", 0, starts[0] + 1
    for number, line in enumerate(lines[after:], start=after):
        if line[0] == "-":
            found = _ID.fullmatch(line.rstrip("\n"))
            if found is None or found[2] in spans:
                return None
            id_, first = found[2], number
        elif line[0] not in " #\n":
            break
        if id_ and line[0] in "- ":
            spans[id_] = (first, number + 1)
            after = number + 1
    return Blocks(tuple(lines), spans, after) if spans else None
