"""What must never hurt, and the fields that it is put into: found by walking the dataclasses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

HOSTILE = {
    "markup": "<para><b>Q</b></para><script>alert(1)</script><img src=x onerror=alert(2)>",
    "template": "{{ 7191 * 7193 }}{% raw %}{# x #}${7191*7193} %n %s %(x)s {0} {person}",
    "sheet": "=cmd|' /C calc'!A1 \\\\host\\share \\x00 @SUM(1) & \"q\" 'q' `id`",
    "break": "Sample\r\nBcc: evil@example.net\r\n\r\nBroken",
    "feed": "Sample\nX-Evil: 1",
    "nul": "Sam\0ple",
    "escape": "\x1b[31mSample\x1b[0m",
    "override": "Sam\u202eelp\u202c",
    "joiner": "Sam\u200dp\u200b\u2060le\u00ad",
    "mark": "\ufeffSample",
    "separator": "Sam\u2028ple\u2029",
    "emoji": "Sample \U0001f469\u200d\U0001f680",
    "half": "Sam\ud83dple",
    "unassigned": "Sam\uffffple\ue000",
    "heap": "Z" + "\u0301\u0327" * 500,
    "long": "x" * 10_000,
    "long-words": "word " * 2_000,
    "spaces": " \t\u00a0\u3000 ",
    "signature": "-- ",
    "heading": "## Sample\n- [ ] item\n\nanother",
}
HOSTILE["everything"] = " ".join(HOSTILE[name] for name in ("markup", "template", "sheet"))

PRODUCT = str(7191 * 7193)
"""What a template would make of the sum."""

Change = Callable[[Any], Any]


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Change]]:
    """Every text within a value: its path, and a function that gives the value with another."""
    if isinstance(value, str) and not isinstance(value, Enum):
        yield path, lambda new: new
    for step, part, put in _parts(value):
        for deeper, change in leaves(part, path + step):
            yield deeper, _through(put, change)


def unfilled(value: Any, path: str = "") -> Iterator[str]:
    """The fields within a value that are empty, so that `leaves` would pass them over."""
    if value is None or value in ((), {}):
        yield path
    for step, part, _ in _parts(value):
        yield from unfilled(part, path + step)


def _parts(value: Any) -> Iterator[tuple[str, Any, Change]]:
    """What a value is made of: how one gets there, what is there, how to put another there."""
    if is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            yield f".{one.name}", getattr(value, one.name), _in_field(value, one.name)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield f"[{index}]", item, _in_tuple(value, index)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield f"[{key}]", item, _in_mapping(value, key)


def _through(put: Change, change: Change) -> Change:
    return lambda new: put(change(new))


def _in_field(value: Any, name: str) -> Change:
    return lambda new: replace(value, **{name: new})


def _in_tuple(value: tuple[Any, ...], index: int) -> Change:
    return lambda new: (*value[:index], new, *value[index + 1:])


def _in_mapping(value: Mapping[Any, Any], key: Any) -> Change:
    return lambda new: dict(value) | {key: new}
