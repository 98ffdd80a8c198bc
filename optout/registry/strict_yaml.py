"""YAML read strictly: whatever is ambiguous, dangerous or repeated is refused by file and line.

Only `true`, `false`, `null` and decimal integers become something other than text, so that `no`,
`07001`, `12:30` and dates stay what their writer wrote. Aliases, anchors, merge keys and tags
are refused: none is needed here, and aliases can blow up memory. The parser's events are read in
one flat loop, so that deep nesting can exhaust neither the stack nor the memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from optout.domain.errors import InvalidFile

MOST_BYTES = 32 * 1024 * 1024
"""Larger files are refused unread; the registry of every known broker is about 5 MB."""

MOST_LEVELS = 24
"""Nesting beyond this is no registry, no law and no person."""

MOST_PROBLEMS = 200
"""How many problems one answer lists; the rest are counted."""

Lines = dict[tuple[str | int, ...], int]
"""The 1-based line of each path, such as `("brokers", 3, "procedures", 0, "url")`."""

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_ODD_CHARACTER = re.compile("[^\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_HINTS = (
    ("mapping values are not allowed", "put a text that holds a colon into quotes"),
    ("could not find expected ':'", ("a key needs a colon and a space after it, or the file is "
     "cut off here")),
    ("did not find expected key", ("check the indentation, and quotes that are opened or closed "
     "too early")),
    ("did not find expected '-'", "check the indentation of the list"),
    ("cannot start any token", "put a text that begins with a special character into quotes"),
    ("unexpected end of stream", "a quote is opened and never closed, or the file is cut off"),
    ("maximum nesting depth", "the data is nested deeper than anything that belongs here"),
    ("did not find expected ',' or", ("a bracket is opened and never closed, or the file is "
     "cut off")),
)


def line_of(lines: Lines, path: tuple[str | int, ...]) -> int:
    """The line of a path, or of the nearest thing around it that is in the file."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def load(source: Path | str | bytes, *, name: str = "") -> tuple[Any, Lines]:
    """Read one YAML document.

    Args:
        source: a file, or the text (or its UTF-8 bytes) itself.
        name: how messages call the file; default: the path as given.

    Returns:
        The data, and the line of every path in it.

    Raises:
        InvalidFile: with every problem as `name:line: what is wrong and what to do`.
    """
    name = name or (str(source) if isinstance(source, Path) else "text")
    text = read_text(source, name)
    odd = list(_odd_characters(text, name))
    if odd:
        raise _refusal(name, odd)
    builder = _Builder(name)
    builder.read(text)
    if builder.problems:
        raise _refusal(name, builder.problems)
    return builder.root, builder.lines


def read_bytes(path: Path, name: str = "") -> bytes:
    """The bytes of a file that is not too large to be read at all.

    Raises:
        InvalidFile: when the file is missing, unreadable or too large.
    """
    name = name or str(path)
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise InvalidFile(f"There is no file {name}.", remedy="Check the path.") from None
    except OSError as error:
        raise InvalidFile(f"{name} cannot be read: {error.strerror or 'unknown reason'}.",
                          remedy="Check that it is a file and that you may read it.") from None
    return data


def read_text(source: Path | str | bytes, name: str) -> str:
    """The text of a source, without a byte-order mark.

    Raises:
        InvalidFile: when it is missing, unreadable, too large, or not UTF-8.
    """
    if isinstance(source, Path):
        source = read_bytes(source, name)
    if len(source) > MOST_BYTES:
        raise InvalidFile(f"{name} is larger than {MOST_BYTES // 1024 // 1024} MB.",
                          remedy="This cannot be the right file: choose another one.")
    if isinstance(source, str):
        return source.removeprefix("\ufeff")
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        raise _refusal(name, [(f"{name}:{line}: a character is not written in UTF-8; "
                              "save the file with the encoding UTF-8")]) from None


def _refusal(name: str, problems: list[str]) -> InvalidFile:
    shown = problems[:MOST_PROBLEMS]
    if len(problems) > len(shown):
        shown.append(f"{name}: and {len(problems) - len(shown)} more problems")
    return InvalidFile(f"{name} cannot be read.", problems=shown,
                       remedy="Mend these lines and try again; nothing was changed.")


def _odd_characters(text: str, name: str) -> Iterator[str]:
    for number, line in enumerate(text.split("\n"), start=1):
        found = _ODD_CHARACTER.search(line)
        if not found:
            continue
        if found.group() == "\t":
            yield (f"{name}:{number}: there is a tab in this line; YAML is indented with spaces: "
                   "put spaces in its place")
        else:
            yield (f"{name}:{number}: there is a character that text cannot hold "
                   f"(U+{ord(found.group()):04X}); remove it")


class _Level:
    """One mapping or list that is being filled."""

    __slots__ = ("filled", "key", "path")

    def __init__(self, filled: dict[str, Any] | list[Any], path: tuple[str | int, ...]) -> None:
        self.filled = filled
        self.path = path
        self.key: str | None = None


class _Builder:
    """Turns the parser's events into data, the line of each path, and the list of problems."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.root: Any = None
        self.lines: Lines = {(): 1}
        self.problems: list[str] = []
        self._levels: list[_Level] = []
        self._documents = 0

    def read(self, text: str) -> None:
        """Read a whole text; stops at the first thing that makes the rest unreadable."""
        import yaml

        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
        steps = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: self._open_mapping,
            yaml.SequenceStartEvent: self._open_list,
            yaml.MappingEndEvent: self._close,
            yaml.SequenceEndEvent: self._close,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._document,
        }
        try:
            while loader.check_event():
                event = loader.get_event()
                step = steps.get(type(event))
                if step:
                    step(event)
        except _UnreadableError:
            pass
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            self._problem(mark.line + 1 if mark else 1, _in_words(error.problem or ""))
        except yaml.YAMLError:
            self._problem(1, "this is not valid YAML")
        finally:
            loader.dispose()

    def _problem(self, line: int, words: str) -> None:
        self.problems.append(f"{self.name}:{line}: {words}")

    def _document(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1:
            self._problem(event.start_mark.line + 1,
                          "a second document begins here; keep one document in a file")
            raise _UnreadableError

    def _refuse_decoration(self, event: Any) -> None:
        line = event.start_mark.line + 1
        if event.anchor is not None:
            self._problem(line, f"the anchor “&{event.anchor}” is refused; remove it, and write "
                                "a value out wherever it is needed")
        if event.tag is not None:
            self._problem(line, f"the tag “{event.tag}” is refused; remove it")

    def _alias(self, event: Any) -> None:
        line = event.start_mark.line + 1
        self._problem(line, f"the alias “*{event.anchor}” is refused; write the value out")
        level = self._levels[-1] if self._levels else None
        if level and isinstance(level.filled, dict) and level.key is None:
            raise _UnreadableError
        self._place(None, line)

    def _scalar(self, event: Any) -> None:
        line: int = event.start_mark.line + 1
        if event.anchor is not None or event.tag is not None:
            self._refuse_decoration(event)
        plain: bool = event.implicit[0]
        text: str = event.value
        level = self._levels[-1] if self._levels else None
        if level and level.key is None and isinstance(level.filled, dict):
            self._take_key(level, text, line, plain=plain)
            return
        value: Any = text
        if plain:
            if text in _WORDS:
                value = _WORDS[text]
            elif _INTEGER.fullmatch(text):
                value = int(text)
        self._place(value, line)

    def _take_key(self, level: _Level, text: str, line: int, *, plain: bool) -> None:
        if text == "<<" and plain:
            self._problem(line, "the merge key “<<” is refused; write the fields out")
        elif text in level.filled:
            first = self.lines[(*level.path, text)]
            self._problem(line, f"the key “{text}” stands twice, here and in line {first}; "
                                "remove one")
        level.key = text
        self.lines.setdefault((*level.path, text), line)

    def _open_mapping(self, event: Any) -> None:
        self._open(event, {})

    def _open_list(self, event: Any) -> None:
        self._open(event, [])

    def _open(self, event: Any, filled: dict[str, Any] | list[Any]) -> None:
        line = event.start_mark.line + 1
        if event.anchor is not None or event.tag is not None:
            self._refuse_decoration(event)
        if len(self._levels) >= MOST_LEVELS:
            self._problem(line, f"the data is nested deeper than {MOST_LEVELS} levels; "
                                "this cannot be the right file")
            raise _UnreadableError
        level = self._levels[-1] if self._levels else None
        if level and level.key is None and isinstance(level.filled, dict):
            self._problem(line, "a key must be a plain word, not a list or a mapping; "
                                "put a text with brackets or braces into quotes")
            raise _UnreadableError
        self._levels.append(_Level(filled, self._place(filled, line)))

    def _close(self, event: Any) -> None:
        del event
        self._levels.pop()

    def _place(self, value: Any, line: int) -> tuple[str | int, ...]:
        """Put a value where it belongs; answers its path."""
        if not self._levels:
            self.root = value
            return ()
        level = self._levels[-1]
        if isinstance(level.filled, list):
            path = (*level.path, len(level.filled))
            level.filled.append(value)
            self.lines[path] = line
        else:
            key = level.key or ""
            path = (*level.path, key)
            level.filled.setdefault(key, value)
            level.key = None
        return path


class _UnreadableError(Exception):
    """What follows cannot be understood; the problem is already written down."""


def _in_words(problem: str) -> str:
    for sign, hint in _HINTS:
        if sign in problem:
            return f"this is not valid YAML ({problem}): {hint}"
    return f"this is not valid YAML ({problem})"
