"""The asks of a letter, law by law: each limit and each period is said once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from optout.documents.clauses import limits_clause, listing
from optout.documents.clean import clean
from optout.documents.order import LetterOrder
from optout.documents.texts import fill, template
from optout.domain.footing import ComputedDate, Deadlines, Footing, Limit
from optout.domain.words import Right

_KIN = {"gb-uk-gdpr": "eu-gdpr"}
"""Laws whose rights are asked for in the words of another law where they have none of their own."""


@dataclass(frozen=True, slots=True)
class Due:
    """How long the law gives, `45 calendar days`, from when, and the section that says so."""

    length: str
    since: str
    section: str


@dataclass(frozen=True, slots=True)
class Item:
    """One ask: what, with what it rests on and how long the law gives.

    `same_time_as` is the number of an earlier ask with the same periods; 0 where none has them.
    """

    heading: str
    text: str
    citation: str
    limits: str
    acknowledge: Due | None
    answer: Due | None
    same_time_as: int = 0


@dataclass(frozen=True, slots=True)
class Some:
    """Limits that several asks share, but not all; `numbers` are those of the asks."""

    numbers: str
    limits: str


@dataclass(frozen=True, slots=True)
class Group:
    """The asks under one law, with the limits and the periods that all of them share."""

    law_name: str
    limits: str
    some: tuple[Some, ...]
    acknowledge: Due | None
    answer: Due | None
    items: tuple[Item, ...]
    voluntary: bool


def groups_of(
    order: LetterOrder, context: Mapping[str, Any], words: Mapping[str, str]
) -> Iterable[Group]:
    """The asks law by law, in the order of their coming; shared limits are said once."""
    laws = dict.fromkeys(footing.law for footing in order.footings)
    number, voice = 1, context["voice"]
    for law in laws:
        footings = [footing for footing in order.footings if footing.law == law]
        spread = _spread(footings, number)
        everywhere = tuple(range(number, number + len(footings)))
        shared = spread.pop(everywhere, [])
        items = tuple(_item(order, footing, spread.pop((place,), []), context, words)
                      for place, footing in zip(everywhere, footings, strict=True))
        periods = {(item.acknowledge, item.answer) for item in items}
        acknowledge, answer = (
            next(iter(periods)) if len(items) > 1 == len(periods) else (None, None))
        if answer:
            items = tuple(replace(item, acknowledge=None, answer=None) for item in items)
        items = tuple(_told_once(item, items[:place], number) for place, item in enumerate(items))
        items = tuple(_cited_once(item) for item in items)
        name = clean(footings[0].law_name or law).removeprefix("The ").removeprefix("the ")
        yield Group(law_name=name, limits=limits_clause(shared, words, voice), items=items,
                     some=tuple(Some(listing(map(str, places), words),
                                      limits_clause(limits, words, voice))
                                for places, limits in spread.items()),
                     acknowledge=acknowledge, answer=answer,
                     voluntary=footings[0].right is Right.VOLUNTARY)
        number += len(footings)


def _told_once(item: Item, before: Sequence[Item], first: int) -> Item:
    """The item, pointing back where an earlier one has the same periods."""
    same = [number for number, other in enumerate(before, first)
            if (other.acknowledge, other.answer) == (item.acknowledge, item.answer)]
    return replace(item, same_time_as=same[0] if same else 0)


def _cited_once(item: Item) -> Item:
    """The item, whose period leaves out the section that stands behind the ask already."""
    def bare(due: Due | None) -> Due | None:
        return replace(due, section="") if due and due.section == item.citation else due

    return replace(item, acknowledge=bare(item.acknowledge), answer=bare(item.answer))


def _spread(footings: Sequence[Footing], first: int) -> dict[tuple[int, ...], list[Limit]]:
    """The limits by the numbers of the asks that have them, so that each is said once."""
    places: dict[Limit, list[int]] = {}
    for number, footing in enumerate(footings, first):
        for limit in footing.limits:
            places.setdefault(limit, []).append(number)
    spread: dict[tuple[int, ...], list[Limit]] = {}
    for limit, numbers in places.items():
        spread.setdefault(tuple(numbers), []).append(limit)
    return spread


def _item(
    order: LetterOrder, footing: Footing, own: Sequence[Limit],
    context: Mapping[str, Any], words: Mapping[str, str],
) -> Item:
    made = template(order.language, *_asks(footing))
    due = order.deadlines.get((footing.law, footing.right), Deadlines())
    filled = fill(made, {**context, "reaches_third_party_data": footing.reaches_third_party_data,
                         "has_number": due.respond_by is not None})
    heading, _, text = filled.strip().partition("\n")
    return Item(
        heading=heading.rstrip("."), text=" ".join(text.split()),
        citation=clean(footing.citation).rstrip("."),
        limits=limits_clause(own, words, context["voice"]),
        acknowledge=_due(due.acknowledge_by, words),
        answer=_due(due.respond_by, words, (footing.law, footing.right), footing.clock_starts))


def _asks(footing: Footing) -> Iterable[str]:
    """The names of the words for an ask, the law's own first."""
    laws = filter(None, (footing.law, _KIN.get(footing.law)))
    return (*(f"asks/{law}/{footing.right}" for law in laws), f"asks/{footing.right}")


def _due(
    due: ComputedDate | None, words: Mapping[str, str],
    of: tuple[str, str] = ("", ""), starts: str = "receipt",
) -> Due | None:
    """The period with its own section, which is seldom that of the right; None where none is.

    What it runs from is said in the words of the right `of` a law where it has its own: some
    recipients have longer, and nobody can see which.
    """
    if due is None:
        return None
    count = "one" if due.number == 1 else "many"
    law, right = of
    since = next((words[key] for key in (f"from.{starts}.{law}.{right}", f"from.{starts}.{law}",
                                         f"from.{starts}") if key in words), "")
    return Due(words[f"period.{due.unit}.{count}"].format(number=due.number), since,
               clean(due.citation).rstrip("."))
