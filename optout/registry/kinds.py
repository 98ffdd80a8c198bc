"""Kinds of values in brokers.yaml: each reads itself, says what is wrong, and knows its schema.

One description serves the reader and the JSON Schema, so the two cannot disagree. A kind never
raises: it writes every problem into the report, so that a writer sees all of them at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, Protocol

from optout.domain.errors import InvalidInput

Path = tuple[str | int, ...]
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SHOWN = 60
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(slots=True)
class Report:
    """The problems found so far, each with the path of its field."""

    problems: list[tuple[Path, str]] = field(default_factory=list)

    def add(self, path: Path, message: str) -> None:
        """Write a problem down."""
        self.problems.append((path, message))


class Kind(Protocol):
    """What a value may be."""

    def read(self, value: Any, path: Path, report: Report) -> Any:
        """The value as the domain wants it; None, and a line in the report, if it is wrong."""
        ...

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of such a value."""
        ...


def near(word: str, known: Iterable[str]) -> str:
    """A hint such as ` (did you mean “name”?)`, or nothing where nothing is near."""
    found = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f" (did you mean “{found[0]}”?)" if found else ""


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "nothing"
    text = str(value)
    return f"“{text if len(text) <= _SHOWN else text[:_SHOWN] + '…'}”"


@dataclass(frozen=True, slots=True)
class Text:
    """A text of one line.

    Args:
        pattern: what the whole text must match.
        say: how to write it, as it follows "write ".
        most: the greatest number of characters.
    """

    pattern: str = ""
    say: str = ""
    most: int = 400

    def read(self, value: Any, path: Path, report: Report) -> str | None:
        """The text."""
        if isinstance(value, int) and not isinstance(value, bool):
            report.add(path, f"must be text, and is the number {value}: put it into quotes")
        elif not isinstance(value, str):
            report.add(path, f"must be text, and is {_shown(value)}")
        elif not value.strip() or value != value.strip() or "\n" in value:
            report.add(path, "must be one line of text without blanks at its ends: "
                             "fill it in, or leave the field out")
        elif _CONTROL.search(value):
            report.add(path, "holds a character that nobody can see: write the text anew")
        elif len(value) > self.most:
            report.add(path, f"has {len(value)} characters; {self.most} are the most: shorten it")
        elif self.pattern and not re.fullmatch(self.pattern, value):
            report.add(path, f"{_shown(value)} is not right: write {self.say}")
        else:
            return value
        return None

    def schema(self) -> dict[str, Any]:
        """A string."""
        found: dict[str, Any] = {"type": "string", "minLength": 1, "maxLength": self.most}
        return found | ({"pattern": f"^(?:{self.pattern})$"} if self.pattern else {})


@dataclass(frozen=True, slots=True)
class Day:
    """A date that is in the calendar, as `2026-11-23`."""

    def read(self, value: Any, path: Path, report: Report) -> date | None:
        """The date."""
        if isinstance(value, str) and _DAY.fullmatch(value):
            try:
                return date.fromisoformat(value)
            except ValueError:
                report.add(path, f"{_shown(value)} is not in the calendar: write a real date")
                return None
        report.add(path, f"{_shown(value)} is not a date: write it like 2026-11-23")
        return None

    def schema(self) -> dict[str, Any]:
        """A string in the shape of a date."""
        return {"type": "string", "format": "date", "pattern": f"^{_DAY.pattern}$"}


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number between two bounds, both included."""

    least: int
    most: int

    def read(self, value: Any, path: Path, report: Report) -> int | None:
        """The number."""
        if isinstance(value, bool) or not isinstance(value, int):
            report.add(path, f"must be a whole number without quotes, and is {_shown(value)}")
        elif not self.least <= value <= self.most:
            report.add(path, f"{value} is out of bounds: write {self.least} to {self.most}")
        else:
            return value
        return None

    def schema(self) -> dict[str, Any]:
        """An integer."""
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True, slots=True)
class Flag:
    """`true` or `false`, without quotes."""

    def read(self, value: Any, path: Path, report: Report) -> bool | None:
        """The truth value."""
        if isinstance(value, bool):
            return value
        report.add(path, f"must be true or false without quotes, and is {_shown(value)}")
        return None

    def schema(self) -> dict[str, Any]:
        """A boolean."""
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class OneOf:
    """One word of a list; `words` maps each to its meaning in the domain."""

    words: Mapping[str, Any]

    @classmethod
    def enum(cls, words: type[StrEnum]) -> OneOf:
        """The values of an enum of the domain."""
        return cls({member.value: member for member in words})

    @classmethod
    def plain(cls, words: Iterable[str]) -> OneOf:
        """Words that stay text."""
        return cls({word: word for word in words})

    def read(self, value: Any, path: Path, report: Report) -> Any:
        """The word's meaning."""
        if isinstance(value, str) and value in self.words:
            return self.words[value]
        hint = near(value, self.words) if isinstance(value, str) else ""
        report.add(path, f"{_shown(value)} is not known{hint}: write one of "
                         f"{', '.join(self.words)}")
        return None

    def schema(self) -> dict[str, Any]:
        """An enumeration."""
        return {"enum": list(self.words)}


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of one kind, nothing in it twice."""

    kind: Kind
    least: int = 0

    def read(self, value: Any, path: Path, report: Report) -> tuple[Any, ...] | None:
        """The items as a tuple."""
        if not isinstance(value, list):
            report.add(path, f"must be a list, and is {_shown(value)}: write it in square "
                             "brackets, or one item to a line after a dash")
            return None
        if len(value) < self.least:
            report.add(path, "is empty: give at least one")
            return None
        before = len(report.problems)
        seen: set[str] = set()
        for number, item in enumerate(value):
            if repr(item) in seen:
                report.add((*path, number), f"{_shown(item)} stands in the list twice: remove one")
            seen.add(repr(item))
        items = tuple(self.kind.read(item, (*path, number), report)
                      for number, item in enumerate(value))
        return items if len(report.problems) == before else None

    def schema(self) -> dict[str, Any]:
        """An array."""
        found: dict[str, Any] = {"type": "array", "items": self.kind.schema(), "uniqueItems": True}
        return found | ({"minItems": self.least} if self.least else {})


@dataclass(frozen=True, slots=True)
class Flags:
    """A mapping from known words to `true` or `false`; each word with its meaning."""

    words: Mapping[str, str]

    def read(self, value: Any, path: Path, report: Report) -> dict[str, bool] | None:
        """The flags that are set."""
        if not isinstance(value, dict):
            report.add(path, f"must be a mapping, and is {_shown(value)}")
            return None
        before = len(report.problems)
        for word in value:
            if word not in self.words:
                report.add((*path, word), f"“{word}” is not known{near(word, self.words)}")
        read = {word: Flag().read(flag, (*path, word), report) for word, flag in value.items()}
        if len(report.problems) > before:
            return None
        return {word: bool(flag) for word, flag in read.items()}

    def schema(self) -> dict[str, Any]:
        """An object of booleans."""
        return {"type": "object", "additionalProperties": False, "properties": {
            word: {"type": "boolean", "description": says} for word, says in self.words.items()}}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a mapping, with what it means to a reader of the file."""

    name: str
    kind: Kind
    meaning: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping with known fields.

    Args:
        build: makes the domain value of the fields that are there, by keyword.
        hints: fields that people try and that do not exist, with what to do in their place.
    """

    fields: tuple[Field, ...]
    build: Callable[..., Any]
    hints: Mapping[str, str] = field(default_factory=dict)

    def read(self, value: Any, path: Path, report: Report) -> Any:
        """The domain value."""
        if not isinstance(value, dict):
            report.add(path, f"must be a mapping, and is {_shown(value)}")
            return None
        before = len(report.problems)
        self._unknown(value, path, report)
        found = {}
        for one in self.fields:
            if one.name in value:
                found[one.name] = one.kind.read(value[one.name], (*path, one.name), report)
            elif one.required:
                report.add((*path, one.name), f"is missing: {one.meaning}")
        if len(report.problems) > before:
            return None
        try:
            return self.build(**found)
        except InvalidInput as error:
            report.add((*path, error.field), str(error))
            return None

    def _unknown(self, value: Mapping[str, Any], path: Path, report: Report) -> None:
        names = [one.name for one in self.fields]
        for key in value:
            if key not in names:
                hint = self.hints.get(key) or f"there is no such field{near(key, names)}"
                report.add((*path, key), hint)

    def schema(self) -> dict[str, Any]:
        """An object without further properties."""
        return {
            "type": "object",
            "additionalProperties": False,
            "required": [one.name for one in self.fields if one.required],
            "properties": {one.name: {"description": one.meaning, **one.kind.schema()}
                           for one in self.fields},
        }
