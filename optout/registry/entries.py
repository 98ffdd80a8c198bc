"""Files to entries: the top of each file is checked, and overlays are merged by id."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from optout.domain.errors import InvalidFile
from optout.registry import strict_yaml
from optout.registry.fields import HEAD
from optout.registry.finding import Finding
from optout.registry.kinds import Path, Report, near
from optout.registry.own.standing import OVER

_PROBLEM = re.compile(r"(?P<file>.*?):(?P<line>\d+): (?P<message>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Document:
    """One registry file, read but not yet understood.

    Args:
        raw: its entries as mappings, each with its position in the file.
        head: what stands beside the entries.
    """

    name: str
    raw: tuple[tuple[int, Mapping[str, Any]], ...]
    head: Mapping[str, Any]
    lines: strict_yaml.Lines

    @property
    def checked(self) -> date | None:
        """The day up to which the file was compiled, where it says so."""
        return self.head.get("checked")

    def finding(self, path: Path, message: str, broker: str = "", at: str = "") -> Finding:
        """A finding at a path of this file."""
        return Finding(broker, at, strict_yaml.line_of(self.lines, path), message, self.name)


@dataclass(slots=True)
class Entry:
    """One broker's fields, with the file that each came from (an overlay replaces fields).

    Args:
        before: what the replaced fields were in the file that first has the entry.
        over: by replaced field, the digest of the packaged value that was corrected.
    """

    id: str
    home: Document
    index: int
    fields: dict[str, Any]
    replaced: dict[str, tuple[Document, int]] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)
    over: dict[str, str] = field(default_factory=dict)

    @property
    def line(self) -> int:
        """Where the entry begins in the file that first has it."""
        return self.home.lines[("brokers", self.index)]

    def place(self, path: Path) -> tuple[str, int]:
        """File and line of one of its fields."""
        document, index = self.home, self.index
        if path:
            document, index = self.replaced.get(str(path[0]), (document, index))
        return document.name, strict_yaml.line_of(document.lines, ("brokers", index, *path))


def read_document(source: bytes, name: str) -> tuple[Document | None, list[Finding]]:
    """One file, and what is wrong with its YAML or its top; None where nothing can be read."""
    try:
        data, lines = strict_yaml.load(source, name=name)
    except InvalidFile as error:
        return None, _as_findings(error, name)
    if not isinstance(data, dict) or not isinstance(data.get("brokers"), list):
        return None, [Finding("", "brokers", 1, "the file holds no list of brokers: write "
                              "“brokers:” and the entries below it", name)]
    report = Report()
    head = _read_head(data, report)
    raw = []
    for index, entry in enumerate(data["brokers"]):
        if isinstance(entry, dict):
            raw.append((index, entry))
        else:
            report.add(("brokers", index), "an entry must be a mapping that begins with “- id:”")
    document = Document(name, tuple(raw), head, lines)
    return document, [document.finding(path, message, at=str(path[0]))
                      for path, message in report.problems]


def _read_head(data: Mapping[str, Any], report: Report) -> dict[str, Any]:
    known = {one.name: one.kind for one in HEAD}
    head = {}
    for key, value in data.items():
        if key in known:
            head[key] = known[key].read(value, (key,), report)
        elif key != "brokers":
            report.add((key,), f"there is no such field{near(key, [*known, 'brokers'])}")
    if "schema" in data and data.get("end") is not True:
        report.add(("brokers", len(data["brokers"]) - 1),
                   "the file was cut off: its last line, “end: true”, is missing; get the whole "
                   "file again")
    return head


def _as_findings(error: InvalidFile, name: str) -> list[Finding]:
    if not error.problems:
        return [Finding("", "", 1, str(error), name)]
    found = (_PROBLEM.fullmatch(problem) for problem in error.problems)
    return [Finding("", "", int(match["line"]), match["message"], name) for match in found if match]


def merged(documents: Sequence[Document]) -> tuple[dict[str, Entry], list[Finding]]:
    """Every entry by id; a field of a later file replaces that of an earlier one.

    A field set to null in a later file is taken out. Two entries with one id in one file are
    refused, both lines named.
    """
    entries: dict[str, Entry] = {}
    findings: list[Finding] = []
    for number, document in enumerate(documents):
        seen: dict[str, int] = {}
        for index, raw in document.raw:
            path: Path = ("brokers", index)
            id_ = raw.get("id")
            if not isinstance(id_, str) or not id_:
                findings.append(document.finding(path, "is missing: give the entry an id, such "
                                                 "as example-search", at="id"))
            elif id_ in seen:
                first = document.lines[("brokers", seen[id_], "id")]
                findings.append(document.finding(
                    (*path, "id"), f"two entries have this id, here and in line {first}: "
                    "join them, or give one another id", id_, "id"))
            else:
                seen[id_] = index
                over = raw.get(OVER, {}) if number else {}
                if not _is_over(over):
                    findings.append(document.finding(
                        (*path, OVER), "is written by the program: remove it, or take it back "
                        "from a copy", id_, OVER))
                    over = {}
                own = {key: value for key, value in raw.items() if key != OVER or not number}
                _place(entries, id_, document, index, own)
                entries[id_].over.update(over)
    return entries, findings


def _is_over(over: Any) -> bool:
    return isinstance(over, dict) and all(isinstance(value, str) for value in over.values())


def _place(entries: dict[str, Entry], id_: str, document: Document, index: int,
           raw: Mapping[str, Any]) -> None:
    entry = entries.get(id_)
    if entry is None:
        entries[id_] = Entry(id_, document, index, dict(raw))
        return
    for key, value in raw.items():
        entry.before.setdefault(key, entry.fields.get(key))
        if value is None:
            entry.fields.pop(key, None)
        else:
            entry.fields[key] = value
        if key != "id":
            entry.replaced[key] = (document, index)
