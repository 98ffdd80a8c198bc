"""Text made comparable: without case, marks, ligatures and whatever does not show."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text that knows where each of its characters came from.

    Args:
        text: lower case, composed of plain letters; spaces, dashes and figures are of one kind.
        places: for each character its place in the source, and at last the source's length.
    """

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The part of the source that a part of the folded text came from."""
        return self.places[start], self.places[end] if end > start else self.places[start]


def folded(text: str) -> Folded:
    """A text with the places of its characters."""
    pieces, places = list[str](), list[int]()
    for place, character in enumerate(text):
        plain = _plain(character)
        pieces.append(plain)
        places.extend([place] * len(plain))
    return Folded("".join(pieces), (*places, len(text)))


def plain(text: str) -> str:
    """A text folded, without its places."""
    return "".join(map(_plain, text))


def is_caseless(text: str) -> bool:
    """Whether a text has letters of a script without capitals: Arabic, Chinese, Hebrew, Thai.

    Their words grow together with those beside them, or are not parted at all.
    """
    return any(unicodedata.category(c) == "Lo" for c in plain(text))


def squashed(text: str) -> str:
    """Only the letters and digits of a text, folded: the same however it is divided."""
    return "".join(c for c in plain(text) if c.isalnum())


@lru_cache(maxsize=20_000)
def _plain(character: str) -> str:
    """What one character is folded to; marks and invisible ones to nothing."""
    if character == "\n" or (character.isascii() and character.isprintable()):
        return character.lower()
    return "".join(_sign(one) for one in unicodedata.normalize("NFKD", character.casefold()))


def _sign(character: str) -> str:
    kind = unicodedata.category(character)
    if kind in {"Mn", "Me", "Cf"}:
        return ""
    if kind[0] == "Z" or kind == "Cc":
        return "\n" if character in "\r\v\f\x85\u2028\u2029" else " "
    if kind == "Nd":
        return str(unicodedata.decimal(character))
    return "-" if kind == "Pd" else character.casefold()
