"""Reading a person field by field: every problem is found, with its path and what to do."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from optout.domain.errors import InvalidInput
from optout.domain.never_kept import INSTEAD, kept_text, why_no_field
from optout.domain.person import ContactPoint, Person, PersonName
from optout.domain.places import PersonAddress, PostalAddress, Residence
from optout.domain.words import NameKind, Sensitivity
from optout.services.contact import checked_advertising_id, checked_email, checked_phone

Path = tuple[str | int, ...]
Value = TypeVar("Value")
Word = TypeVar("Word", bound=StrEnum)

_CARE = ("sensitivity", "valid_from", "valid_to")
_SPAN = ("valid_from", "valid_to")
_NAME = ("given", "middle", "family", "kind")
_ADDRESS = ("street", "city", "region", "postal_code", "country")
_LISTS = ("names", "emails", "phones", "addresses", "advertising_ids", "residences")
_SINGLE = ("date_of_birth", "at_risk", "reply_email", "reply_address", "language")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_CHECKS: Mapping[str, Callable[[str], str]] = {"postal_code": str}  # it is made of digits
MOST_ITEMS = 200
"""Of one kind: more is no list of one person's names or addresses."""
LONGEST = 300
"""Characters of one value; letters and envelopes hold no more."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend.

    Args:
        path: such as `("addresses", 0, "country")`.
    """

    path: Path
    message: str
    remedy: str = ""

    @property
    def field(self) -> str:
        """The path as people write it: `addresses[0].country`."""
        text = ""
        for step in self.path:
            text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
        return text

    def __str__(self) -> str:
        return f"{self.field}: {self.message} {self.remedy}".rstrip()


def person_of(data: Mapping[str, Any]) -> tuple[Person | None, tuple[Problem, ...]]:
    """The person in a mapping of DESIGN's shape, and every problem with it.

    Returns:
        None for the person where the problems leave none.
    """
    reader = Reader()
    reader.known_keys((), data, (*_LISTS, *_SINGLE))
    residences = reader.each(data, "residences", reader.residence)
    country = residences[0].country if residences else ""
    parts: dict[str, Any] = {
        "names": reader.each(data, "names", reader.name),
        "residences": residences,
        "emails": reader.each(data, "emails", lambda p, v: reader.point(p, v, checked_email)),
        "phones": reader.each(data, "phones", lambda p, v: reader.point(
            p, v, lambda text: checked_phone(text, country))),
        "advertising_ids": reader.each(data, "advertising_ids", lambda p, v: reader.point(
            p, v, checked_advertising_id)),
        "addresses": reader.each(data, "addresses", reader.place),
        "date_of_birth": reader.day((), data, "date_of_birth"),
        "at_risk": reader.truth((), data, "at_risk"),
        "reply_email": reader.optional((), data, "reply_email", checked_email) or "",
        "reply_address": reader.postal(("reply_address",), data.get("reply_address")),
        "language": reader.optional((), data, "language", _language) or "en",
    }
    person = reader.build((), lambda: Person(**parts)) if reader.sound(data) else None
    return person, tuple(reader.problems)


class Reader:
    """Takes a mapping apart and remembers what is wrong with it."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def wrong(self, path: Path, message: str, remedy: str = "") -> None:
        """Remember a problem."""
        self.problems.append(Problem(path, message, remedy))

    def build(self, path: Path, make: Callable[[], Value]) -> Value | None:
        """A domain value; its refusal becomes a problem of the field that it names."""
        try:
            return make()
        except InvalidInput as error:
            deeper = error.field and error.field not in path
            self.wrong((*path, error.field) if deeper else path, error.message, error.remedy)
            return None

    def sound(self, data: Mapping[str, Any]) -> bool:
        """Whether a person can be built; what must be there is missed here, once."""
        for field, remedy in (("names", "Write `names: [{given: Avery, family: Sample}]`."),
                              ("residences", "Write where the person lives, such as US-CA or DE.")):
            if not data.get(field) and not any(p.path[:1] == (field,) for p in self.problems):
                self.wrong((field,), f"The person has no {field}.", remedy)
        return not self.problems

    def known_keys(self, path: Path, data: Mapping[str, Any], known: Sequence[str]) -> None:
        """Refuse every key that is none, by name."""
        for key in data:
            if key not in known and (reason := why_no_field(str(key))):
                self.wrong((*path, key), reason, INSTEAD)
            elif key not in known:
                near = difflib.get_close_matches(str(key), known, n=1)
                self.wrong((*path, key), "There is no such field.",
                           f"Did you mean “{near[0]}”?" if near
                           else f"Known are: {', '.join(known)}.")

    def each(
        self, data: Mapping[str, Any], field: str, read: Callable[[Path, Any], Value | None]
    ) -> tuple[Value, ...]:
        """The items of a list that could be read."""
        items = data.get(field)
        if items is None:
            return ()
        if not isinstance(items, list | tuple) or len(items) > MOST_ITEMS:
            self.wrong((field,), "This must be a list of reasonable length.",
                       f"Write `{field}: [...]`.")
            return ()
        found = (read((field, index), item) for index, item in enumerate(items))
        return tuple(item for item in found if item is not None)

    def text(self, path: Path, value: object) -> str | None:
        """A short text on one line; a number is taken as the text it was."""
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str):
            self.wrong(path, "This must be a text.", "Put it into quotes.")
            return None
        value = " ".join(value.split())
        if len(value) > LONGEST or not value.isprintable():
            self.wrong(path, f"This must be printable text of at most {LONGEST} characters.",
                       "Shorten it, and remove what cannot be seen.")
            return None
        return value

    def optional(
        self, path: Path, data: Mapping[str, Any], field: str, check: Callable[[str], str]
    ) -> str | None:
        """A text that may be missing, checked; None where it is missing or wrong."""
        if data.get(field) in (None, ""):
            return None
        text = self.text((*path, field), data[field])
        return None if text is None else self.build((*path, field), lambda: check(text))

    def plain(self, path: Path, data: Mapping[str, Any], fields: Sequence[str]) -> dict[str, str]:
        """Texts without a rule of their own, beside what is never kept; missing ones are empty."""
        return {field: self.optional(path, data, field, _CHECKS.get(field, kept_text)) or ""
                for field in fields}

    def truth(self, path: Path, data: Mapping[str, Any], field: str) -> bool:
        """True or false; false where it is missing."""
        value = data.get(field)
        if value is not None and not isinstance(value, bool):
            self.wrong((*path, field), "This must be true or false.",
                       f"Write `{field}: true` or leave it out.")
        return value is True

    def day(self, path: Path, data: Mapping[str, Any], field: str) -> date | None:
        """A day; None where it is missing or wrong."""
        value = data.get(field)
        if value in (None, ""):
            return None
        if type(value) is date:
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.wrong((*path, field), "This is not a date.", "Write it like 1985-04-12.")
            return None

    def word(
        self, path: Path, data: Mapping[str, Any], field: str, words: type[Word], default: Word
    ) -> Word:
        """One of the words of a vocabulary."""
        value = data.get(field)
        if value in (None, ""):
            return default
        if value in list(words):
            return words(value)
        self.wrong((*path, field), "This is none of the words for it.",
                   f"Write one of: {', '.join(words)}.")
        return default

    def span(self, path: Path, data: Mapping[str, Any]) -> dict[str, date | None]:
        """From when to when something holds."""
        found = {field: self.day(path, data, field) for field in _SPAN}
        start, end = found["valid_from"], found["valid_to"]
        if start and end and end < start:
            self.wrong((*path, "valid_to"), "It ends before it begins.", "Check both dates.")
        return found

    def care(self, path: Path, data: Mapping[str, Any]) -> dict[str, Any]:
        """How an item may be used, and when it holds."""
        return {"sensitivity": self.word(path, data, "sensitivity", Sensitivity,
                                         Sensitivity.NORMAL), **self.span(path, data)}

    def mapping(self, path: Path, value: object, known: Sequence[str]) -> Mapping[str, Any] | None:
        """A mapping with known keys only."""
        if not isinstance(value, Mapping):
            self.wrong(path, "This must be a mapping.", f"Its fields are: {', '.join(known)}.")
            return None
        self.known_keys(path, value, known)
        return value

    def name(self, path: Path, value: object) -> PersonName | None:
        """One name; a text alone is a legal name whose last word is the family name."""
        if isinstance(value, str):
            given, _, family = value.strip().rpartition(" ")
            value = {"given": given, "family": family}
        data = self.mapping(path, value, (*_NAME, *_CARE))
        if data is None:
            return None
        parts: dict[str, Any] = {
            **self.plain(path, data, ("given", "middle", "family")), **self.care(path, data),
            "kind": self.word(path, data, "kind", NameKind, NameKind.LEGAL)}
        return self.build(path, lambda: PersonName(**parts))

    def point(
        self, path: Path, value: object, check: Callable[[str], str]
    ) -> ContactPoint | None:
        """An e-mail address, phone number or advertising id; alone, or with its care."""
        data: Mapping[str, Any] | None = {"value": value}
        at = path
        if isinstance(value, Mapping):
            data, at = self.mapping(path, value, ("value", *_CARE)), (*path, "value")
        if data is None:
            return None
        text = self.text(at, data.get("value"))
        checked = None if text is None else self.build(at, lambda: check(text))
        care = self.care(path, data)
        return None if checked is None else ContactPoint(checked, **care)

    def place(self, path: Path, value: object) -> PersonAddress | None:
        """An address in the person's life."""
        data = self.mapping(path, value, (*_ADDRESS, "current", "substitute", *_CARE))
        if data is None:
            return None
        address = self._address(path, data)
        rest: dict[str, Any] = {
            **{field: self.truth(path, data, field) for field in ("current", "substitute")},
            **self.care(path, data)}
        return None if address is None else PersonAddress(address, **rest)

    def postal(self, path: Path, value: object) -> PostalAddress | None:
        """A postal address without more; None where there is none."""
        if value is None:
            return None
        data = self.mapping(path, value, _ADDRESS)
        return None if data is None else self._address(path, data)

    def _address(self, path: Path, data: Mapping[str, Any]) -> PostalAddress | None:
        street = data.get("street")
        raw = street if isinstance(street, list | tuple) else [street] if street else []
        lines = [self._street((*path, "street"), line) for line in raw]
        parts = self.plain(path, data, ("city", "region", "postal_code", "country"))
        parts["country"], parts["region"] = parts["country"].upper(), parts["region"].upper()
        return self.build(path, lambda: PostalAddress(
            lines=tuple(line for line in lines if line is not None), **parts))

    def _street(self, path: Path, value: object) -> str | None:
        text = self.text(path, value)
        return None if text is None else self.build(path, lambda: kept_text(text))

    def residence(self, path: Path, value: object) -> Residence | None:
        """Where the person lives or lived; a code alone, or with its dates."""
        data = value if isinstance(value, Mapping) else {"code": value}
        self.known_keys(path, data, ("code", *_SPAN))
        code = self.text(path, data.get("code"))
        span = self.span(path, data)
        return None if code is None else self.build(
            path, lambda: Residence(code.upper(), **span))


def _language(text: str) -> str:
    if not _LANGUAGE.fullmatch(text):
        raise InvalidInput("This is not a language code.", remedy="Write it like en or es.")
    return text
