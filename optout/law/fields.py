"""Takes a mapping apart field by field; what is missing, wrong or unknown is named by its path."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")

_MISSING: Any = object()


class FieldProblem(ValueError):
    """A field is missing or wrong; the message says which, and how to mend it."""


class Fields:
    """The fields of one mapping; each is taken once, and `done` refuses what is left.

    Args:
        data: the mapping as parsed.
        path: where it stands, such as `rights.delete.deadline`.
    """

    def __init__(self, data: object, path: str = "") -> None:
        self.path = path
        if not isinstance(data, Mapping):
            raise FieldProblem(f"{path or 'this'}: expected fields, like “name: value”, "
                               f"but found {_kind(data)}.")
        self._left: dict[str, Any] = dict(data)

    def at(self, key: str) -> str:
        """The path of a field."""
        return f"{self.path}.{key}" if self.path else key

    def take(self, key: str, default: object = _MISSING) -> Any:
        """A value as parsed; null counts as absent where there is a default."""
        value = self._left.pop(key, _MISSING)
        if value is _MISSING or (value is None and default is not _MISSING):
            if default is _MISSING:
                raise FieldProblem(f"{self.at(key)}: is missing. Add it.")
            return default
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """A text; required where there is no default."""
        value = self.take(key) if default is None else self.take(key, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise FieldProblem(f"{self.at(key)}: expected text, but found {_kind(value)}. "
                               "Write the words, in quotes if in doubt.")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty where the field is absent."""
        values = self._list(key)
        if not all(isinstance(value, str) for value in values):
            raise FieldProblem(f"{self.at(key)}: expected a list of texts. "
                               "Put an odd one into quotes.")
        return tuple(values)

    def flag(self, key: str, *, default: bool) -> bool:
        """True or false."""
        value = self.take(key, default)
        if not isinstance(value, bool):
            raise FieldProblem(f"{self.at(key)}: expected true or false, "
                               f"but found {_kind(value)}.")
        return value

    def flag_or_none(self, key: str) -> bool | None:
        """True, false, or None where the law does not say."""
        if self._left.get(key) is None:
            self._left.pop(key, None)
            return None
        return self.flag(key, default=False)

    def number(self, key: str) -> int:
        """A whole number above zero."""
        value = self.take(key)
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise FieldProblem(f"{self.at(key)}: expected a whole number above zero, "
                               f"but found {_kind(value)}.")
        return value

    def day(self, key: str) -> date:
        """A date, required."""
        found = self.day_or_none(key)
        if found is None:
            raise FieldProblem(f"{self.at(key)}: is missing. Write a date like 2026-11-23.")
        return found

    def day_or_none(self, key: str) -> date | None:
        """A date as `2026-11-23`, or None."""
        value = self.take(key, "")
        if value == "":
            return None
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            raise FieldProblem(f"{self.at(key)}: “{value}” is not a date. "
                               "Write it like 2026-11-23.") from None

    def one_of(self, key: str, words: type[E], default: E | None = None) -> E:
        """One word of a fixed list."""
        value = self.take(key) if default is None else self.take(key, default.value)
        return word(value, words, self.at(key))

    def words(self, key: str, words: type[E]) -> tuple[E, ...]:
        """A list of words of a fixed list."""
        return tuple(word(value, words, self.at(key)) for value in self._list(key))

    def child(self, key: str) -> Fields:
        """The fields of a mapping below, required."""
        return Fields(self.take(key), self.at(key))

    def maybe(self, key: str, read: Callable[[Fields], T]) -> T | None:
        """What `read` makes of a mapping below; None where it is absent or null."""
        value = self.take(key, None)
        return None if value is None else read(Fields(value, self.at(key)))

    def each(self, key: str, read: Callable[[Fields], T]) -> tuple[T, ...]:
        """What `read` makes of each mapping of a list; empty where it is absent."""
        return tuple(read(Fields(value, f"{self.at(key)}[{position}]"))
                     for position, value in enumerate(self._list(key)))

    def named(self, key: str) -> Iterator[tuple[str, Fields]]:
        """The named mappings below, in order; none where the field is absent."""
        below = Fields(self.take(key, {}), self.at(key))
        for name, value in below._left.items():
            yield name, Fields(value, below.at(name))

    def rest(self) -> dict[str, Any]:
        """Everything that was not taken yet, as parsed."""
        return dict(self._left)

    def done(self) -> None:
        """Refuse what was not taken."""
        if self._left:
            raise FieldProblem(f"{self.at(next(iter(self._left)))}: there is no such field. "
                               "Check its spelling, or take it out.")

    def _list(self, key: str) -> list[Any]:
        values = self.take(key, [])
        if not isinstance(values, list):
            raise FieldProblem(f"{self.at(key)}: expected a list, but found {_kind(values)}. "
                               "Write it like [one, two].")
        return values


def word(value: object, words: type[E], path: str) -> E:
    """The member of a fixed list that a text names.

    Raises:
        FieldProblem: naming the words of the list.
    """
    if isinstance(value, str) and value in {member.value for member in words}:
        return words(value)
    raise FieldProblem(f"{path}: “{value}” is not one of: {', '.join(words)}.")


def _kind(value: object) -> str:
    if value is None or value == "":
        return "nothing"
    if isinstance(value, Mapping):
        return "fields"
    return "a list" if isinstance(value, list) else f"“{value}”"
