"""Text without a person's private values, however they are written or divided over lines.

A value is found in the folded text (no case, no accents, no invisible characters), with anything
between its words, and a line break anywhere. What is found is replaced in the text itself; a PDF
is never painted over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from optout.documents.folding import Folded, folded
from optout.documents.private_values import (
    AGE,
    BORN,
    DEVICE,
    EMAIL,
    HOME,
    LISTING,
    NUMBER,
    OTHER,
    PHONE,
    PLATE,
    REPLY,
    VEHICLE,
    PrivateValues,
    notice,
)
from optout.documents.private_writings import (
    anywhere,
    birth_context,
    dates_of,
    mail_pattern,
    phone_pattern,
    place_patterns,
    town_patterns,
    url_pattern,
)

_URL = re.compile(
    r"(?:(?:https?:|www\.)|(?<![\w@.-])(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}/)[^\s<>\"“”)]+")
_UUID = re.compile(r"(?<![0-9a-z])[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}(?![0-9a-z])")
_VEHICLE = re.compile(
    r"(?<![0-9a-z])(?=[0-9]*[a-z])(?=[a-z]*[0-9])[a-hj-npr-z0-9]{17}(?![0-9a-z])")
_PAPER = re.compile(r"(?<!\d)\d{3}([-. ])\d{2}\1\d{4}(?!\d)")
_PLATE = re.compile(
    r"(?:licen[cs]e|number)[ -]?plates?(?: (?:number|no\.?|nr\.?))?[\W_]{0,3}"
    r"(?P<value>(?=[a-z0-9 -]{0,8}\d)[a-z0-9]{1,4}[ -]?[a-z0-9]{1,5})(?![a-z0-9])")
_TITLES = frozenset({
    "mr", "ms", "mrs", "mx", "miss", "dr", "prof", "dear", "hello", "hi", "to", "for", "the",
    "herr", "frau", "mme", "m", "monsieur", "madame", "sr", "sra", "don", "dona", "senor",
    "senora", "family", "name", "client", "consumer"})
_BETWEEN = re.compile(r"[\s,.;:/()·–-]*\Z")
"""What may stand between two parts of one address without parting them."""

_JOINED = frozenset({HOME, REPLY})


@dataclass(frozen=True, slots=True)
class _Find:
    """A private value in the folded text."""

    start: int
    end: int
    kind: str


class Redactor:
    """Takes the private values of one person out of texts.

    Args:
        values: what is not shown.
        mark: what stands in the place of a value of a kind.
    """

    def __init__(
        self, values: PrivateValues, *, mark: Callable[[str], str] = notice
    ) -> None:
        self._values, self._mark = values, mark
        self._patterns = tuple(_patterns(values))
        self._towns = tuple((place.kind, pattern) for place in values.places
                            for pattern in town_patterns(place))
        # Most blocks that stay hold nothing that looks private: they need no protection.
        self._kept = tuple(anywhere(text) for text in values.kept if self._holds_any(text))
        self._given = frozenset(word for name in values.given for word in _words(name))

    def _holds_any(self, text: str) -> bool:
        """Whether a text has something that would be taken for a private value."""
        plain = folded(text).text
        return any(pattern.search(plain) for _, pattern in (*self._patterns, *self._towns))

    def redacted(self, text: str, *, foreign: bool = False) -> str:
        """A text in which each private value is a description in brackets.

        Args:
            text: any.
            foreign: somebody else wrote it: whoever shares the family name is taken for a
                relative, and addresses of web pages go.
        """
        source = folded(text)
        kept = [found.span() for pattern in self._kept for found in pattern.finditer(source.text)]
        finds = [find for find in self._finds(text, source, foreign=foreign)
                 if not any(low <= find.start and find.end <= high for low, high in kept)]
        pieces, done = list[str](), 0
        for find in _joined(finds, source.text):
            start, end = source.span(find.start, find.end)
            pieces.extend((text[done:start], self._mark(find.kind)))
            done = end
        return "".join((*pieces, text[done:]))

    def _finds(self, text: str, source: Folded, *, foreign: bool) -> Iterator[_Find]:
        for kind, pattern in self._patterns:
            group = "value" if "value" in pattern.groupindex else 0
            for found in pattern.finditer(source.text):
                if found.end(group) > found.start(group):
                    yield _Find(*found.span(group), kind)
        for kind, pattern in self._towns:
            for found in pattern.finditer(source.text):
                start, _ = source.span(*found.span("town"))
                if not text[start:start + 1].islower():  # a town, not the word “nice”
                    yield _Find(*found.span(), kind)
        for found in _URL.finditer(source.text):
            if foreign or self._names_person(found[0]):
                yield _Find(*found.span(), LISTING)
        if foreign:
            yield from self._relatives(text, source)

    def _names_person(self, url: str) -> bool:
        """Whether the address of a page names the person behind its host."""
        bare = re.sub(r"\Ahttps?:/*", "", url)
        path = re.sub(r"[\W_]+", "", bare.partition("/")[2])
        return any(len(word) > 3 and word in path  # noqa: PLR2004 - shorter ones are in any word
                   for name in self._values.family for word in _words(name))

    def _relatives(self, text: str, source: Folded) -> Iterator[_Find]:
        """Names of somebody else with the same family name."""
        for family in self._values.family:
            name, whole = r"(?P<name>[^\W\d_][\w'’-]{0,60})", anywhere(family).pattern
            listed = re.compile(rf"{whole},[ ]*{name}")
            for found in listed.finditer(source.text):
                start, end = source.span(*found.span())
                if text[start:end].isupper() and self._is_other(found["name"]):
                    yield _Find(*found.span(), OTHER)
            pattern = re.compile(rf"(?<!\w){name}\s{{1,3}}(?:[a-z]\.?[ ]+)?{whole}")
            for found in pattern.finditer(source.text):
                start, _ = source.span(*found.span())
                if text[start:start + 1].isupper() and self._is_other(found["name"]):
                    yield _Find(*found.span(), OTHER)

    def _is_other(self, name: str) -> bool:
        """Whether a name before the family name is neither the person's nor a title."""
        return not self._given.union(_TITLES).issuperset(_words(name))


def _patterns(values: PrivateValues) -> Iterator[tuple[str, re.Pattern[str]]]:
    for url in values.listings:
        yield LISTING, url_pattern(url)
    for email in values.emails:
        yield EMAIL, mail_pattern(email)
    for place in values.places:
        for pattern in place_patterns(place):
            yield place.kind, pattern
    for digits in values.phones:
        yield PHONE, phone_pattern(digits)
    for device in values.devices:
        yield DEVICE, anywhere(device)
    yield from _of_birth(values)
    for name in values.others:
        yield OTHER, anywhere(name)
        first, _, last = name.rpartition(" ")
        if first:
            yield OTHER, anywhere(f"{last} {first}")
    yield from ((NUMBER, _PAPER), (DEVICE, _UUID), (VEHICLE, _VEHICLE), (PLATE, _PLATE))


def _of_birth(values: PrivateValues) -> Iterator[tuple[str, re.Pattern[str]]]:
    """The date of birth, and the age on the days of the file."""
    if values.born is not None:
        yield from ((BORN, pattern) for pattern in dates_of(values.born))
        yield BORN, birth_context(values.born)
    for age in sorted(set(values.ages)):
        yield AGE, re.compile(
            rf"(?<!\w)(?:aged?|alter|edad|years old)[\W_]{{0,4}}(?P<value>{age})(?!\w)")
        yield AGE, re.compile(
            rf"(?<!\w)(?P<value>{age})[\W_]{{0,2}}(?:years?[\W_]{{0,2}}(?:old|of age)"
            r"|y/?o(?!\w)|jahre\W{1,2}alt|ans(?!\w)|anos(?!\w))")


def _joined(finds: Iterable[_Find], text: str) -> Sequence[_Find]:
    """Overlapping finds as one, and the parts of one address too."""
    joined: list[_Find] = []
    for find in sorted(finds, key=lambda one: (one.start, -one.end)):
        if joined:
            last = joined[-1]
            between = text[last.end:find.start]
            address = {last.kind, find.kind} <= _JOINED and _BETWEEN.match(between)
            if find.start < last.end or address:
                joined[-1] = _Find(last.start, max(last.end, find.end), last.kind)
                continue
        joined.append(find)
    return joined


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", folded(text).text)
