"""What a request cites and asserts, in the language of its letter: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from types import MappingProxyType

from optout.documents.country_names import country_name
from optout.documents.order import LetterOrder
from optout.documents.texts import has_template, pairs_of, terms
from optout.domain.countries import COUNTRY_NAMES
from optout.domain.errors import InvalidInput
from optout.domain.footing import ComputedDate, Deadlines, Footing
from optout.domain.words import ActingAs, Fact, Right

_PLACES = frozenset({Fact.STATE_OF_RESIDENCE, Fact.CURRENT_ADDRESS, Fact.PREVIOUS_ADDRESS})
_CODES: Mapping[str, str] = MappingProxyType({
    **{name: code for code, name in COUNTRY_NAMES.items()}, "US": "US"})
"""The United States stand in an address by their code."""
_CAPITALS: Mapping[str, str] = MappingProxyType({
    name.upper(): code for name, code in _CODES.items()})

Say = Callable[[str, str], str]
"""From a law's id and its words in the law data to those of the letter."""


@cache
def law_words(language: str, law: str) -> Mapping[str, str]:
    """The words of a law in a language by those of the law data; empty where there are none.

    The English text itself is the key: when the law data changes, its old translation no longer
    stands behind it, and the letter is written in English.
    """
    return pairs_of(language, f"laws/{law}")


def lacking(order: LetterOrder, language: str) -> tuple[str, ...]:
    """What a request asserts or carries that has no words in a language; empty if all has.

    Args:
        order: the request, its laws' words as the law data has them.
        language: one that letters can be written in.
    """
    if language == order.law_language:
        return ()
    missing: list[str] = []
    said_in(order, language, noting(language, missing))
    return (*dict.fromkeys(missing), *_unworded(order, language))


def noting(language: str, missing: list[str]) -> Say:
    """Changes no words, and writes down those that have none in a language."""
    def note(law: str, text: str) -> str:
        if text and text not in law_words(language, law):
            missing.append(text)
        return text

    return note


def saying(language: str) -> Say:
    """The words of a language; all must be there (`lacking`)."""
    return lambda law, text: law_words(language, law)[text] if text else ""


def in_its_language(order: LetterOrder) -> LetterOrder:
    """The order with what its laws say, and its countries, in the language of its letter.

    Raises:
        InvalidInput: when something has no words in that language: no letter is a mix.
    """
    language = order.language
    if language == order.law_language:
        return order
    terms(language)  # refuses a language without letters
    if missing := lacking(order, language):
        raise wordless(language, missing)
    return said_in(order, language, saying(language))


def wordless(language: str, missing: Sequence[str]) -> InvalidInput:
    """The error that names the first thing without words."""
    return InvalidInput(f"This has no words in the language “{language}”: {missing[0]}.",
                        field="language", remedy="Write it in English.")


def said_in(order: LetterOrder, language: str, say: Say) -> LetterOrder:
    """The order with the words that `say` has for its laws, and its countries in a language."""
    return replace(
        order, footings=tuple(_footing(one, say) for one in order.footings),
        deadlines={(law, right): _deadlines(law, due, say)
                   for (law, right), due in order.deadlines.items()},
        facts={fact: tuple(_place(value, language) for value in values)
               if fact in _PLACES else values for fact, values in order.facts.items()},
        sender_lines=tuple(_capitals(line, language) for line in order.sender_lines),
        law_language=language)


def _footing(footing: Footing, say: Say) -> Footing:
    law = footing.law
    return replace(
        footing, law_name=say(law, footing.law_name), citation=say(law, footing.citation),
        limits=tuple(replace(limit, text=say(law, limit.text)) for limit in footing.limits),
        refusal_section=say(law, footing.refusal_section),
        appeal_section=say(law, footing.appeal_section),
        suppression_section=say(law, footing.suppression_section),
        no_proof_section=say(law, footing.no_proof_section))


def _deadlines(law: str, due: Deadlines, say: Say) -> Deadlines:
    def cited(one: ComputedDate | None) -> ComputedDate | None:
        return one and replace(one, citation=say(law, one.citation))

    return replace(due, acknowledge_by=cited(due.acknowledge_by),
                   respond_by=cited(due.respond_by))


def _place(value: str, language: str) -> str:
    """A home or an address with the country, which comes last, in the letter's language."""
    start, comma, last = value.rpartition(", ")
    code = _CODES.get(last)
    return f"{start}{comma}{country_name(code, language)}" if code else value


def _capitals(line: str, language: str) -> str:
    """A line of an address that is a country's name in capitals, in the letter's language."""
    code = _CAPITALS.get(line)
    return country_name(code, language).upper() if code else line


def _unworded(order: LetterOrder, language: str) -> Iterator[str]:
    """What the letter itself would have no words for: an ask, a start, a period, a paper."""
    words = terms(language)
    for footing in order.footings:
        if not has_template(language, f"asks/{footing.law}/{footing.right}") and (
                footing.right is not Right.VOLUNTARY):
            yield f"{footing.law} {footing.right}"
        due = order.deadlines.get((footing.law, footing.right), Deadlines())
        if due.acknowledge_by is not None:
            yield f"{footing.law} acknowledgment"
        if due.respond_by is not None and not {f"from.{footing.clock_starts}.{footing.law}",
                                               f"from.{footing.clock_starts}"} & words.keys():
            yield f"{footing.law} clock from {footing.clock_starts}"
    if order.acting_as is not ActingAs.SELF and f"enclosure.{order.speaks_as}" not in words:
        yield f"enclosure {order.speaks_as}"
