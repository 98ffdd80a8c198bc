"""Foreign text made safe for one line of a document."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from optout.domain.errors import UnwritableText

_REFUSED = frozenset({"Cc", "Cs", "Co", "Cn"})
"""Controls, surrogates, private use and unassigned: no reader would show them alike."""

MOST_MARKS = 8
"""Accents on one letter, beyond what any script stacks: more would blacken the lines around."""

_INVISIBLE = _REFUSED | {"Cf"}
_RETYPE = "Delete these characters, which cannot be seen, and type the text anew."
_OTHER_FONT = (
    "Write it in letters that the documents know (Latin, Cyrillic, Greek, Arabic, Hebrew, Chinese, "
    "Japanese or Korean), or put a TrueType font file that has these characters into the folder "
    "“fonts” of your data folder.")


def name_of(character: str) -> str:
    """A character by its Unicode name, or by its number where it has none."""
    return unicodedata.name(character, f"U+{ord(character):04X}")


def refusal(characters: Iterable[str], why: str) -> UnwritableText:
    """The error that names each character, without the text around it."""
    lacking = set(characters)
    names = tuple(sorted(map(name_of, lacking)))
    remedy = (_RETYPE if any(unicodedata.category(one) in _INVISIBLE for one in lacking)
              else _OTHER_FONT)
    shown = ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")  # noqa: PLR2004 - a readable few
    return UnwritableText(f"{why}: {shown}.", characters=names, remedy=remedy)


def clean(text: str) -> str:
    """One line of text: composed (NFC), single spaces, nothing invisible.

    Line breaks and tabs become spaces, so that no value can begin a paragraph of its own.
    Format characters (direction marks and overrides, joiners, soft hyphens), which address
    books leave in copied numbers, are dropped: without them the text reads in its true order.

    Raises:
        UnwritableText: for control, private-use and unassigned characters, and for heaps of
            accents.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    composed = " ".join(unicodedata.normalize("NFC", text).split())
    kept = [c for c in composed if unicodedata.category(c) != "Cf"]
    refused = {c for c in kept if unicodedata.category(c) in _REFUSED}
    if refused:
        raise refusal(refused, "The text has characters that cannot be written")
    if heap := _heap(kept):
        raise refusal(heap, f"The text has a letter with more than {MOST_MARKS} accents")
    return "".join(kept).strip()


def _heap(text: Iterable[str]) -> set[str]:
    """The marks of the first letter that carries too many; empty where none does."""
    marks: list[str] = []
    for character in text:
        if unicodedata.category(character) not in {"Mn", "Me"}:
            marks = []
        elif len(marks) == MOST_MARKS:
            return {*marks, character}
        else:
            marks.append(character)
    return set()
