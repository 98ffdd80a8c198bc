"""A letter that goes with papers to a client, and the leaflet about safety."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from optout.documents.clean import clean
from optout.documents.paper_words import PaperWords
from optout.documents.papers import sheet_of
from optout.domain.document import Sheet
from optout.domain.document_words import PaperKind

_LETTERS_NAMED = 10
_TO_SIGN = frozenset({PaperKind.AUTHORIZATION, PaperKind.AUTHORIZATION_US_CA})


@dataclass(frozen=True, slots=True)
class CoverOrder:
    """What lies in an envelope for a client.

    Args:
        papers: which papers, in the order in which they are to be read.
        letters: to whom the letters go that are to be signed; the number counts, too.
        discreet: no company and no topic is named: others may open the post.
    """

    day: date
    person_name: str
    papers: Sequence[PaperKind]
    letters: Sequence[str] = ()
    discreet: bool = True


def compose_cover_letter(order: CoverOrder, words: PaperWords) -> Sheet:
    """The letter that lies on top: what is in the envelope, what to sign, what to send back.

    Raises:
        UnwritableText: for control characters in a value.
    """
    manner = "discreet" if order.discreet else "open"
    number = len(order.letters)
    letters = [words[f"enclosed.letters.{'one' if number == 1 else 'many'}.{manner}"].format(
        number=number)] if number else []
    named = () if order.discreet else tuple(map(clean, order.letters))
    if len(named) > _LETTERS_NAMED:
        named = (*named[:_LETTERS_NAMED],
                 words.count("companies", number - _LETTERS_NAMED))
    return sheet_of(PaperKind.COVER_LETTER, words, {
        "day": words.day(order.day), "person": clean(order.person_name),
        "enclosed": (*(words[f"enclosed.{kind}.{manner}"] for kind in order.papers), *letters),
        "letters": named,
        "to_sign": bool(number or _TO_SIGN & set(order.papers)),
    })


def compose_safety(words: PaperWords) -> Sheet:
    """The leaflet for people at risk; it says nothing about anybody."""
    return sheet_of(PaperKind.SAFETY, words, {"in_us": words.country == "US"})
