"""Foreign text made safe for one line of a document."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from optout.domain.errors import UnwritableText

_REFUSED = frozenset({"Cc", "Cs", "Co", "Cn"})
"""Controls, surrogates, private use and unassigned: no reader would show them alike."""

_REMEDY = "Write it in Latin, Cyrillic or Greek letters, as in a passport."


def name_of(character: str) -> str:
    """A character by its Unicode name, or by its number where it has none."""
    return unicodedata.name(character, f"U+{ord(character):04X}")


def refusal(characters: Iterable[str], why: str) -> UnwritableText:
    """The error that names each character, without the text around it."""
    names = tuple(sorted(name_of(character) for character in set(characters)))
    shown = ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")  # noqa: PLR2004 - a readable few
    return UnwritableText(f"{why}: {shown}.", characters=names, remedy=_REMEDY)


def clean(text: str) -> str:
    """One line of text: composed (NFC), single spaces, nothing invisible.

    Line breaks and tabs become spaces, so that no value can begin a paragraph of its own.
    Format characters (direction marks and overrides, joiners, soft hyphens), which address
    books leave in copied numbers, are dropped: without them the text reads in its true order.

    Raises:
        UnwritableText: for control, private-use and unassigned characters.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    composed = " ".join(unicodedata.normalize("NFC", text).split())
    kept = [c for c in composed if unicodedata.category(c) != "Cf"]
    refused = {c for c in kept if unicodedata.category(c) in _REFUSED}
    if refused:
        raise refusal(refused, "The text has characters that cannot be written")
    return "".join(kept).strip()
