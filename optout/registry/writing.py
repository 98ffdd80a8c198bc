"""Entries as they stand in brokers.yaml: one canonical way to write each, fit to be compared.

How a text is quoted and escaped is left to PyYAML's emitter; where lines break is decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from optout.registry.fields import BROKER
from optout.registry.kinds import Flags, Kind, ListOf, Record

WIDTH = 100
"""Columns of a line; only a single word may be longer."""

_OPEN_LISTS = frozenset({"procedures", "covers", "steps", "helps", "cautions", "dead_contacts",
                         "registered_in", "sources"})
"""Lists with a line or more for each item, even where all would fit into one line."""

_OPEN_MAPPINGS = frozenset({"address", "reported"})
"""Mappings with a line for each field."""

_OPEN_ITEMS = frozenset({"procedures"})
"""Lists whose items are mappings with a line for each field."""

_NO_PLAIN_WORD = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?|true|false|null|~|<<|")
_QUOTED = re.compile(
    r"""[^\S ]|[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]|:(?:\s|\Z)|\s[#]|\A\s|\s\Z|"""
    r"""\A[,\[\]{}&*!|>'"%@`#]|\A[-?:](?:\s|\Z)|\A---|\A\.\.\.|\A=\Z""")
_QUOTED_IN_LINE = re.compile(r"[,\[\]{}?]|\A[-:]")
"""What a text without quotes may not hold inside of brackets and braces."""


def entry_yaml(fields: Mapping[str, Any]) -> str:
    """One entry as its block of lines, from “- id:” to the last field, with a line's end.

    Args:
        fields: the raw values, as reading YAML gives them: texts, whole numbers, truth values,
            None, lists and mappings. The fields come out in the order of the schema; those that
            it does not know come last, in their own order.
    """
    texts: dict[str, str] = {}
    ordered = _ordered(fields, BROKER, texts)
    _Pen.say(texts)
    pen = _Pen(texts)
    pen.mapping("- ", 2, ordered)
    return "\n".join(pen.lines) + "\n"


def file_yaml(entries: Iterable[Mapping[str, Any]], *, head: str = "") -> str:
    """A whole file: the head as it is, the entries with an empty line between, and the end."""
    blocks = "\n".join(entry_yaml(fields) for fields in entries)
    return f"{head}brokers:{f'{chr(10)}{blocks}' if blocks else ' []'}\nend: true\n"


def _ordered(value: Any, kind: Kind | None, texts: dict[str, str]) -> Any:
    """The value with its fields in the schema's order; its texts are collected on the way."""
    if isinstance(value, str):
        texts[value] = ""
    elif isinstance(value, Mapping):
        kinds = _kinds(kind)
        known = [name for name in kinds if name in value]
        return {name: _ordered(value[name], kinds.get(name), texts)
                for name in (*known, *(name for name in value if name not in kinds))}
    elif isinstance(value, list | tuple):
        inner = kind.kind if isinstance(kind, ListOf) else None
        return [_ordered(item, inner, texts) for item in value]
    return value


def _kinds(kind: Kind | None) -> Mapping[str, Kind | None]:
    if isinstance(kind, Record):
        found = _KINDS.get(id(kind))
        if found is None:
            found = _KINDS[id(kind)] = {field.name: field.kind for field in kind.fields}
        return found
    return dict.fromkeys(kind.words) if isinstance(kind, Flags) else {}


_KINDS: dict[int, Mapping[str, Kind | None]] = {}


class _Pen:
    """Writes values as lines."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.lines: list[str] = []
        self._texts = texts

    @staticmethod
    def say(texts: dict[str, str]) -> None:
        """Find out how each text is written outside of brackets, each on a line of its own."""
        import yaml

        events: list[Any] = [yaml.StreamStartEvent(), yaml.DocumentStartEvent(),
                             yaml.SequenceStartEvent(None, None, implicit=True, flow_style=False)]
        for text in texts:
            plain = not (_NO_PLAIN_WORD.fullmatch(text) or _QUOTED.search(text))
            events.append(yaml.ScalarEvent(None, None, (plain, True), text,
                                           style=None if plain else '"'))
        events += [yaml.SequenceEndEvent(), yaml.DocumentEndEvent(), yaml.StreamEndEvent()]
        written: str = yaml.emit(events, Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper),
                                 width=1 << 30, allow_unicode=True)
        for text, line in zip(texts, written.split("\n"), strict=False):
            texts[text] = line[2:]

    def mapping(self, lead: str, column: int, fields: Mapping[str, Any]) -> None:
        """A field to a line; `lead` begins the first line and is as wide as `column`."""
        for name, value in fields.items():
            self._field(f"{lead}{name}:", column, name, value)
            lead = " " * column

    def _field(self, head: str, column: int, name: str, value: Any) -> None:
        if not isinstance(value, dict | list):
            self._folded(f"{head} ", self._inline(value), column + 2)
        elif not value or (name not in _OPEN_LISTS | _OPEN_MAPPINGS and self._fits(head, value)):
            self.lines.append(f"{head} {self._inline(value)}")
        elif isinstance(value, dict):
            self.lines.append(head)
            self.mapping(" " * (column + 2), column + 2, value)
        else:
            self.lines.append(head)
            for item in value:
                self._item(f"{' ' * column}- ", column + 2, name, item)

    def _item(self, lead: str, column: int, name: str, item: Any) -> None:
        if not isinstance(item, dict | list):
            self._folded(lead, self._inline(item), column)
        elif isinstance(item, list) or not item or (
                name not in _OPEN_ITEMS and self._fits(lead.rstrip(), item)):
            self.lines.append(f"{lead}{self._inline(item)}")
        else:
            self.mapping(lead, column, item)

    def _fits(self, head: str, value: Any) -> bool:
        return len(head) + 1 + len(self._inline(value)) <= WIDTH

    def _inline(self, value: Any, *, inside: bool = False) -> str:
        """A value on one line; `inside` of brackets more texts need quotes."""
        if isinstance(value, str):
            text = self._texts[value]
            if inside and text[0] not in "\"'" and _QUOTED_IN_LINE.search(text):
                return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
            return text
        if isinstance(value, dict):
            parts = (f"{name}: {self._inline(item, inside=True)}" for name, item in value.items())
            return "{" + ", ".join(parts) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(self._inline(item, inside=True) for item in value) + "]"
        return "null" if value is None else str(value).lower()

    def _folded(self, lead: str, text: str, column: int) -> None:
        """A text after its lead, broken at single blanks, which reading turns into blanks."""
        margin = " " * column
        for part in _parts(text, WIDTH - len(lead), WIDTH - column):
            self.lines.append(lead + part)
            lead = margin


def _parts(text: str, first: int, later: int) -> Iterator[str]:
    room = first
    while len(text) > room:
        at = max(text.rfind(" ", 1, room + 1), 0)
        while at and not _breakable(text, at):
            at = max(text.rfind(" ", 1, at), 0)
        if not at:  # one long word: break after it
            at = next((here for here in range(room, len(text) - 1)
                       if text[here] == " " and _breakable(text, here)), 0)
        if not at:
            break
        yield text[:at]
        text, room = text[at + 1:], later
    yield text


def _breakable(text: str, at: int) -> bool:
    """Whether only one blank stands here, inside of the text."""
    return text[at - 1] not in " \"'" and text[at + 1:at + 2] not in ("", " ")
