"""From an order to the values that the templates of a request use, cleaned and in groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from optout.documents.clean import clean
from optout.documents.order import DONE_ON_THE_SITE, LetterOrder
from optout.documents.texts import fill, template, terms
from optout.domain.footing import ComputedDate, Deadlines, Footing, Limit
from optout.domain.words import ActingAs, Fact, Right

MONTH_FIRST = frozenset({"US", "PH", "PR"})
_SAME_WORDS = {"gb-uk-gdpr": "eu-gdpr"}
_FILE_LAWS = frozenset({"us-federal-fcra"})

REMOVING = frozenset({
    Right.DELETE, Right.OPT_OUT_OF_SALE, Right.OBJECT, Right.OBJECT_DIRECT_MARKETING,
    Right.SUPPRESS_PUBLICATION, Right.CEASE_DISSEMINATION, Right.VOLUNTARY,
})
"""The rights whose answer should say what was matched, and keep the records away."""

_NEVER_LISTED = frozenset({
    *DONE_ON_THE_SITE, Fact.REASON, Fact.PHOTO, Fact.GOVERNMENT_ID, Fact.SSN,
    Fact.REPLY_EMAIL, Fact.REPLY_ADDRESS,
})
"""Facts that stand elsewhere in a letter, or that no letter lists."""


@dataclass(frozen=True, slots=True)
class _Due:
    """How long the law gives, `45 calendar days`, and the section that says so."""

    length: str
    section: str


@dataclass(frozen=True, slots=True)
class _Item:
    """One ask: what, with what it rests on and how long the law gives."""

    heading: str
    text: str
    citation: str
    limits: str
    acknowledge: _Due | None
    answer: _Due | None


@dataclass(frozen=True, slots=True)
class _Group:
    """The asks under one law, with the limits and the periods that all of them share."""

    law_name: str
    limits: str
    acknowledge: _Due | None
    answer: _Due | None
    items: tuple[_Item, ...]
    voluntary: bool


@dataclass(frozen=True, slots=True)
class _LabelledFact:
    label: str
    values: tuple[str, ...]


def context_of(order: LetterOrder) -> dict[str, Any]:
    """Every value that the templates of a request may use, cleaned."""
    words = terms(order.language)
    voice = "self" if order.acting_as is ActingAs.SELF else "other"
    context: dict[str, Any] = {
        "acting": order.acting_as.value, "reference": clean(order.reference),
        "person": clean(order.person_name), "broker": clean(order.broker_name),
        "reply_email": clean(order.reply_email), "my": words[f"{voice}.my"],
        "me": words[f"{voice}.me"], "kind": _kind(order.footings),
        "day_first": order.recipient_country not in MONTH_FIRST,
        "covers": _listing(map(clean, order.covers_names), words),
        "facts": _labelled(order.facts, words),
        "removes": any(footing.right in REMOVING for footing in order.footings),
    }
    if Fact.REASON in order.facts:
        context["reason"] = _sentence(" ".join(map(clean, order.facts[Fact.REASON])))
    context["groups"] = tuple(_groups(order, context, words))
    return context


def _kind(footings: Sequence[Footing]) -> str:
    if all(footing.right is Right.VOLUNTARY for footing in footings):
        return "voluntary"
    return "file" if all(f.law in _FILE_LAWS for f in footings) else "privacy"


def _labelled(
    facts: Mapping[Fact, tuple[str, ...]], words: Mapping[str, str]
) -> tuple[_LabelledFact, ...]:
    """The facts to list, in one order for every letter."""
    return tuple(_LabelledFact(words[f"fact.{fact}"], tuple(map(clean, facts[fact])))
                 for fact in Fact if fact in facts and fact not in _NEVER_LISTED)


def _groups(
    order: LetterOrder, context: Mapping[str, Any], words: Mapping[str, str]
) -> Iterable[_Group]:
    """The asks law by law, in the order of their coming; shared limits are said once."""
    laws = dict.fromkeys(footing.law for footing in order.footings)
    for law in laws:
        footings = [footing for footing in order.footings if footing.law == law]
        shared = [limit for limit in footings[0].limits
                  if len(footings) > 1 and all(limit in other.limits for other in footings)]
        items = tuple(_item(order, footing, shared, context, words) for footing in footings)
        periods = {(item.acknowledge, item.answer) for item in items}
        acknowledge, answer = (
            next(iter(periods)) if len(items) > 1 == len(periods) else (None, None))
        if answer:
            items = tuple(replace(item, acknowledge=None, answer=None) for item in items)
        name = clean(footings[0].law_name or law).removeprefix("The ").removeprefix("the ")
        yield _Group(law_name=name, limits=_limits_words(shared, words), items=items,
                     acknowledge=acknowledge, answer=answer,
                     voluntary=footings[0].right is Right.VOLUNTARY)


def _item(
    order: LetterOrder, footing: Footing, shared: Sequence[Limit],
    context: Mapping[str, Any], words: Mapping[str, str],
) -> _Item:
    law = _SAME_WORDS.get(footing.law, footing.law)
    made = template(order.language, f"asks/{law}/{footing.right}", f"asks/{footing.right}")
    due = order.deadlines.get((footing.law, footing.right), Deadlines())
    filled = fill(made, {**context, "reaches_third_party_data": footing.reaches_third_party_data,
                         "has_number": due.respond_by is not None})
    heading, _, text = filled.strip().partition("\n")
    own = [limit for limit in footing.limits if limit not in shared]
    return _Item(
        heading=heading.rstrip("."), text=" ".join(text.split()),
        citation=clean(footing.citation).rstrip("."),
        limits=_limits_words(own, words), acknowledge=_due(due.acknowledge_by, words),
        answer=_due(due.respond_by, words))


def _limits_words(limits: Sequence[Limit], words: Mapping[str, str]) -> str:
    """Limits as clauses after "to the extent that"."""
    clauses = (clean(limit.text).rstrip(".").removeprefix("that ") for limit in limits)
    return _listing((clause if index == 0 else f"that {clause}"
                     for index, clause in enumerate(clauses)), words)


def _due(due: ComputedDate | None, words: Mapping[str, str]) -> _Due | None:
    """The period with its own section, which is seldom that of the right; None where none is."""
    if due is None:
        return None
    count = "one" if due.number == 1 else "many"
    return _Due(words[f"period.{due.unit}.{count}"].format(number=due.number),
                clean(due.citation).rstrip("."))


def _listing(parts: Iterable[str], words: Mapping[str, str]) -> str:
    """`A`, `A and B`, `A, B, and C`."""
    *most, last = list(parts) or [""]
    if not most:
        return last
    pattern = words["join.two" if len(most) == 1 else "join.many"]
    return pattern.replace("{first}", ", ".join(most)).replace("{last}", last)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…", "”")) else f"{text}."
