"""From an order to the words of a request: one source for letter, e-mail and preview."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from optout.documents.clean import clean
from optout.documents.order import LetterOrder
from optout.documents.texts import fill, paragraphs, template, terms
from optout.domain.document import Letter
from optout.domain.errors import InvalidInput
from optout.domain.footing import ComputedDate, Deadlines, Footing, Limit
from optout.domain.words import ActingAs, Channel, Fact, Right

LETTER_CHANNELS = frozenset({Channel.EMAIL, Channel.POSTAL_MAIL, Channel.FAX})
"""The channels that carry a letter; the others are worked through with a form sheet."""

_LETTER_PAPER = frozenset({"US", "CA", "MX", "PH", "CL", "CO", "VE", "CR", "GT", "PA", "DO", "PR"})
_MONTH_FIRST = frozenset({"US", "PH", "PR"})
_SAME_WORDS = {"gb-uk-gdpr": "eu-gdpr"}
_FILE_LAWS = frozenset({"us-federal-fcra"})

REMOVING = frozenset({
    Right.DELETE, Right.OPT_OUT_OF_SALE, Right.OBJECT, Right.OBJECT_DIRECT_MARKETING,
    Right.SUPPRESS_PUBLICATION, Right.CEASE_DISSEMINATION, Right.VOLUNTARY,
})
"""The rights whose answer should say what was matched, and keep the records away."""

_NEVER_LISTED = frozenset({
    Fact.REASON, Fact.RECORD_SELECTION, Fact.PROOF_OF_RISK, Fact.PHOTO, Fact.GOVERNMENT_ID,
    Fact.SSN, Fact.REPLY_EMAIL, Fact.REPLY_ADDRESS, Fact.INTERNET_ADDRESS,
})
"""Facts that stand elsewhere in a letter, or that no letter lists."""


@dataclass(frozen=True, slots=True)
class _Item:
    """One ask: what, with what it rests on and how long the law gives."""

    heading: str
    text: str
    citation: str
    limits: str
    acknowledge: str
    answer: str


@dataclass(frozen=True, slots=True)
class _Group:
    """The asks under one law, with the limits that they share."""

    law_name: str
    limits: str
    items: tuple[_Item, ...]
    voluntary: bool


@dataclass(frozen=True, slots=True)
class _LabelledFact:
    label: str
    values: tuple[str, ...]


def compose_letter(order: LetterOrder) -> Letter:
    """The words of a request that goes by e-mail, post or fax.

    Raises:
        MissingFact: when a placeholder has no value.
        UnwritableText: for control characters in a value.
        InvalidInput: when the channel carries no letter, or the language has no words.
    """
    if order.channel not in LETTER_CHANNELS:
        raise InvalidInput("This channel carries no letter.", field="channel",
                           remedy="Use the form sheet for it.")
    context = context_of(order)

    def one_line(name: str) -> str:
        return fill(template(order.language, f"request/{name}"), context).strip()

    return Letter(
        reference=order.reference, language=order.language,
        page="letter" if order.recipient_country in _LETTER_PAPER else "a4",
        sender=tuple(map(clean, (writer_of(order), *order.sender_lines,
                                 *([order.reply_email] if order.reply_email else [])))),
        recipient=tuple(map(clean, order.recipient_lines)) or (context["broker"],),
        date_line=date_words(order.day, order.language, order.recipient_country),
        subject=one_line("subject"), salutation=one_line("salutation"),
        paragraphs=paragraphs(fill(template(order.language, "request/body"), context)),
        closing=one_line("closing"), signature=clean(writer_of(order)),
        enclosures=_enclosures(order))


def statement_of(order: LetterOrder) -> str:
    """The request in brief, for the free-text field of a form or to be read out."""
    text = fill(template(order.language, "request/statement"), context_of(order))
    return "\n\n".join(paragraphs(text))


def writer_of(order: LetterOrder) -> str:
    """Who signs: the person, or the one who acts for them."""
    return order.person_name if order.acting_as is ActingAs.SELF else order.agent_name


def date_words(day: date, language: str, country: str) -> str:
    """A date in the reader's convention: `November 25, 2026` or `25 November 2026`."""
    words = terms(language)
    pattern = words["date.month_first" if country in _MONTH_FIRST else "date.day_first"]
    return pattern.format(day=day.day, month=words[f"month.{day.month}"], year=day.year)


def context_of(order: LetterOrder) -> dict[str, Any]:
    """Every value that the templates of a request may use, cleaned."""
    words = terms(order.language)
    voice = "self" if order.acting_as is ActingAs.SELF else "other"
    context: dict[str, Any] = {
        "acting": order.acting_as.value, "reference": clean(order.reference),
        "person": clean(order.person_name), "broker": clean(order.broker_name),
        "reply_email": clean(order.reply_email), "my": words[f"{voice}.my"],
        "me": words[f"{voice}.me"], "kind": _kind(order.footings),
        "day_first": order.recipient_country not in _MONTH_FIRST,
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
        name = clean(footings[0].law_name or law).removeprefix("The ").removeprefix("the ")
        yield _Group(law_name=name, limits=_limits_words(shared, words), items=items,
                     voluntary=footings[0].right is Right.VOLUNTARY)


def _item(
    order: LetterOrder, footing: Footing, shared: Sequence[Limit],
    context: Mapping[str, Any], words: Mapping[str, str],
) -> _Item:
    law = _SAME_WORDS.get(footing.law, footing.law)
    made = template(order.language, f"asks/{law}/{footing.right}", f"asks/{footing.right}")
    filled = fill(made, {**context, "reaches_third_party_data": footing.reaches_third_party_data})
    heading, _, text = filled.strip().partition("\n")
    due = order.deadlines.get((footing.law, footing.right), Deadlines())
    own = [limit for limit in footing.limits if limit not in shared]
    return _Item(
        heading=heading, text=" ".join(text.split()), citation=clean(footing.citation).rstrip("."),
        limits=_limits_words(own, words), acknowledge=_period(due.acknowledge_by, words),
        answer=_period(due.respond_by, words))


def _limits_words(limits: Sequence[Limit], words: Mapping[str, str]) -> str:
    """Limits as clauses after "to the extent that"."""
    clauses = (clean(limit.text).rstrip(".").removeprefix("that ") for limit in limits)
    return _listing((clause if index == 0 else f"that {clause}"
                     for index, clause in enumerate(clauses)), words)


def _period(due: ComputedDate | None, words: Mapping[str, str]) -> str:
    """The length that the law gives, `45 calendar days`; empty where it gives none."""
    if due is None:
        return ""
    count = "one" if due.number == 1 else "many"
    return words[f"period.{due.unit}.{count}"].format(number=due.number)


def _listing(parts: Iterable[str], words: Mapping[str, str]) -> str:
    """`A`, `A and B`, `A, B, and C`."""
    *most, last = list(parts) or [""]
    if not most:
        return last
    pattern = words["join.two" if len(most) == 1 else "join.many"]
    return pattern.replace("{first}", ", ".join(most)).replace("{last}", last)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…", "”")) else f"{text}."


def _enclosures(order: LetterOrder) -> tuple[str, ...]:
    words = terms(order.language)
    keys = [f"enclosure.{order.acting_as}"] if order.acting_as is not ActingAs.SELF else []
    if any(footing.right is Right.BLOCK for footing in order.footings):
        keys.append("enclosure.block")
    return tuple(words[key] for key in keys)
