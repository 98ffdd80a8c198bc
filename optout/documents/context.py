"""From an order to the values that the templates of a request use, cleaned and in groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from optout.documents.asks import groups_of
from optout.documents.clauses import listing
from optout.documents.clean import clean
from optout.documents.law_words import in_its_language
from optout.documents.order import DONE_ON_THE_SITE, LetterOrder
from optout.documents.texts import terms
from optout.domain.footing import Footing
from optout.domain.words import ActingAs, Fact, Right

MONTH_FIRST = frozenset({"US", "PH", "PR"})
_FILE_LAWS = frozenset({"us-federal-fcra"})
_RECORDS_LAWS = frozenset({
    "us-federal-foia", "us-federal-privacy-act", "us-federal-judicial-redress"})

REMOVING = frozenset({
    Right.DELETE, Right.OBJECT, Right.OBJECT_DIRECT_MARKETING, Right.WITHDRAW_CONSENT,
    Right.SUPPRESS_PUBLICATION, Right.CEASE_DISSEMINATION, Right.VOLUNTARY,
})
"""The rights whose answer should say what was matched, and keep the records away."""

LASTING = frozenset({
    Right.OPT_OUT_OF_SALE, Right.OPT_OUT_OF_TARGETED_ADS, Right.OPT_OUT_OF_PROFILING,
    Right.LIMIT_SENSITIVE,
})
"""The rights that leave the records there, and that must hold for what comes later."""

_NEVER_LISTED = frozenset({
    *DONE_ON_THE_SITE, Fact.REASON, Fact.PHOTO, Fact.GOVERNMENT_ID, Fact.SSN,
    Fact.REPLY_EMAIL, Fact.REPLY_ADDRESS,
})
"""Facts that stand elsewhere in a letter, or that no letter lists."""


def _leaves_the_record(order: LetterOrder) -> bool:
    """Whether it asks to opt out of all that the law lets one opt out of, and not to delete.

    One right that the person chose by name among several stands alone; nothing is added to it.
    """
    asked = {footing.right for footing in order.footings}
    by_itself = len(asked) > 1 or order.asks_all
    return by_itself and bool(asked & LASTING) and not asked & REMOVING


@dataclass(frozen=True, slots=True)
class _LabelledFact:
    label: str
    values: tuple[str, ...]


def context_of(order: LetterOrder) -> dict[str, Any]:
    """Every value that the templates of a request may use, cleaned, in the letter's language.

    Raises:
        InvalidInput: when something that it asserts has no words in that language.
    """
    order = in_its_language(order)
    words = terms(order.language)
    voice = "self" if order.acting_as is ActingAs.SELF else "other"
    law = order.footings[0].law
    context: dict[str, Any] = {
        "acting": order.speaks_as.value, "reference": clean(order.reference),
        "person": clean(order.person_name), "broker": clean(order.broker_name),
        "reply_email": clean(order.reply_email), "my": words[f"{voice}.my"],
        "me": words[f"{voice}.me"], "voice": voice, "day": order.day.isoformat(),
        "kind": _kind(order.footings),
        "data": words.get(f"data.{law}", words["data"]),
        "day_first": order.recipient_country not in MONTH_FIRST,
        "covers": listing(map(clean, order.covers_names), words),
        "facts": _labelled(order.facts, words),
        "rights": tuple(footing.right.value for footing in order.footings),
        "removes": any(footing.right in REMOVING for footing in order.footings),
        "lasts": any(footing.right in LASTING for footing in order.footings),
        "courtesy": _leaves_the_record(order), "unseen": order.unseen,
        "suppression": _sections(f.suppression_section for f in order.footings
                                 if f.suppression_section != f.citation),
        "no_proof": _sections(f.no_proof_section for f in order.footings
                              if order.acting_as is ActingAs.SELF),
        "appeal": words.get(f"appeal.{law}", words["appeal"])
        if any(footing.appeal_section for footing in order.footings) else "",
        "refusal": _sections(section for f in order.footings
                             for section in (f.refusal_section, f.appeal_section)),
    }
    if Fact.REASON in order.facts:
        context["reason"] = _sentence(" ".join(map(clean, order.facts[Fact.REASON])))
    context["groups"] = tuple(groups_of(order, context, words))
    return context


def _sections(sections: Iterable[str]) -> str:
    """Citations behind one sentence, each once."""
    cleaned = (clean(section).rstrip(".") for section in sections)
    return "; ".join(dict.fromkeys(filter(None, cleaned)))


def _kind(footings: Sequence[Footing]) -> str:
    if all(footing.right is Right.VOLUNTARY for footing in footings):
        return "voluntary"
    if all(footing.right is Right.SUPPRESS_PUBLICATION for footing in footings):
        return "notice"
    if all(footing.law in _RECORDS_LAWS for footing in footings):
        return "records"
    return "file" if all(f.law in _FILE_LAWS for f in footings) else "privacy"


def _labelled(
    facts: Mapping[Fact, tuple[str, ...]], words: Mapping[str, str]
) -> tuple[_LabelledFact, ...]:
    """The facts to list, in one order for every letter."""
    return tuple(_LabelledFact(words[f"fact.{fact}"], tuple(map(clean, facts[fact])))
                 for fact in Fact if fact in facts and fact not in _NEVER_LISTED)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…", "”")) else f"{text}."
