"""From an order for a later letter to the values that its templates use, cleaned."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from optout.documents.asks import groups_of
from optout.documents.clauses import listing
from optout.documents.clean import clean
from optout.documents.context import context_of
from optout.documents.later_law_words import in_its_later_language
from optout.documents.later_order import LaterOrder, PastTime, Step
from optout.documents.later_words import later_terms
from optout.documents.texts import fill, template, terms
from optout.documents.words import date_words
from optout.domain.document_words import Purpose
from optout.domain.footing import VOLUNTARY, ComputedDate
from optout.domain.words import NEVER_BY_DEFAULT, ActingAs, Channel, Fact, Right

LONGEST_QUOTE = 400
"""Characters of somebody's words that a letter quotes; the rest stands in their own message."""

_WHOLLY_QUOTED = re.compile(r'[“"„]([^“"„”]*)[”"“]')
_STRAIGHT_QUOTES = re.compile(r'"([^"]*)"')
_INNER = str.maketrans({"“": "‘", "”": "’", "„": "‚", '"': "’"})
_OWN_CHANNELS = frozenset({Fact.REPLY_EMAIL, Fact.REPLY_ADDRESS, Fact.LISTING_URL})


@dataclass(frozen=True, slots=True)
class _Item:
    """One thing that was asked for, with what is to be said of its time."""

    heading: str
    citation: str
    past: str = ""


@dataclass(frozen=True, slots=True)
class _Group:
    """What was asked for under one law; `past` where it is the same for all of it."""

    law_name: str
    voluntary: bool
    items: tuple[_Item, ...]
    past: str
    confirm: tuple[str, ...]
    quote: str
    semicolon: str

    @property
    def in_a_line(self) -> str:
        """What was asked for, each thing in quotation marks with its section."""
        return f"{self.semicolon} ".join(
            self.quote.replace("{words}", item.heading)
            + (f" ({item.citation})" if item.citation else "") for item in self.items)


def quote_of(text: str) -> str:
    """Somebody's words on one line, fit to stand between quotation marks; long ones are cut."""
    cleaned = clean(text)
    if whole := _WHOLLY_QUOTED.fullmatch(cleaned):
        cleaned = whole[1].strip()
    cleaned = _STRAIGHT_QUOTES.sub(r"‘\1’", cleaned).translate(_INNER)
    if len(cleaned) <= LONGEST_QUOTE:
        return cleaned
    return cleaned[:LONGEST_QUOTE].rpartition(" ")[0].rstrip(",;: ") + " …"


def later_context(order: LaterOrder) -> dict[str, Any]:
    """Every value that the templates of the later letters may use, cleaned."""
    order = in_its_later_language(order)
    words, small = terms(order.asked.language), later_terms(order.asked.language)
    context = context_of(order.asked)
    groups = tuple(_groups(order, context, words))
    late = [past for past in order.past if not past.to_confirm]
    context |= {
        "purpose": order.purpose.value, "groups": groups,
        "my_start": context["my"][:1].upper() + context["my"][1:],
        "sent_by": small[f"by.{order.sent_by}"],
        "is_late": bool(order.past), "answer_is_late": bool(late),
        "still_running": order.still_running, "conditional": order.conditional,
        "partly": order.partly, "refused": order.refused_on is not None,
        "their_words": quote_of(order.their_words),
        "says_public": order.says_public, "public_counts": order.public_counts,
        "to_firm": order.to_firm, "then_to": clean(order.then_to),
        "appeal_section": _sections(f.appeal_section for f in order.asked.footings),
        "firm": ", ".join(map(clean, order.firm)),
        "steps": tuple(_Line(date_words(step.on, order.asked.language,
                                        order.asked.recipient_country),
                             step_text(step, order)) for step in order.steps),
    }
    context |= {name: _date(order, name) for name in (
        "sent_on", "confirmed_on", "asked_who_on", "refused_on", "reminded_on")}
    return context | _duties(order) | _identity(order, context, small) | _times(order, words)


@dataclass(frozen=True, slots=True)
class _Line:
    on: str
    text: str


def step_text(step: Step, order: LaterOrder) -> str:
    """One line of a complaint's history."""
    words, small = terms(order.asked.language), later_terms(order.asked.language)
    by = small.get(f"firm_by.{order.sent_by}", small[f"by.{order.sent_by}"])
    text = small[f"step.{step.key}"].replace("{by}", by)
    if step.limit is not None:
        text = text.replace("{length}", _length(step.limit, words)).replace(
            "{section}", clean(step.limit.citation).rstrip("."))
    quoted = quote_of(step.words)
    if quoted:
        text = f"{text} {small['quoted'].replace('{words}', quoted)}"
    if not step.exhibit:
        return text
    where = small["in_exhibit"].replace("{letter}", step.exhibit)
    return f"{text} ({where})" if quoted else f"{text.removesuffix('.')} ({where})."


def _date(order: LaterOrder, name: str) -> str:
    day = getattr(order, name)
    if day is None:
        return ""
    return date_words(day, order.asked.language, order.asked.recipient_country)


def _groups(
    order: LaterOrder, context: Mapping[str, Any], words: Mapping[str, str]
) -> Iterator[_Group]:
    footings = order.asked.footings
    for law, group in zip(dict.fromkeys(f.law for f in footings),
                          groups_of(order.asked, context, words), strict=True):
        own = [footing.right for footing in footings if footing.law == law]
        past = [_past(order, law, right) for right in own]
        shared = past[0] if len(set(past)) == 1 and len(past) > 1 else ""
        items = tuple(_Item(item.heading, item.citation, "" if shared else text)
                      for item, text in zip(group.items, past, strict=True))
        confirm = dict.fromkeys(_past_text(order, one) for one in order.past
                                if one.to_confirm and one.law == law)
        small = later_terms(order.asked.language)
        yield _Group(group.law_name, law == VOLUNTARY.law, items, shared, tuple(confirm),
                     small["quote"], small["mark.semicolon"])


def _past(order: LaterOrder, law: str, right: Right) -> str:
    if order.purpose is not Purpose.REMINDER:
        return ""  # other letters tell of a refusal, or tell an authority
    own = [one for one in order.past
           if (one.law, one.right) == (law, right) and not one.to_confirm]
    return _past_text(order, own[0]) if own else ""


def _past_text(order: LaterOrder, past: PastTime) -> str:
    language, country = order.asked.language, order.asked.recipient_country
    filled = fill(template(language, "later/past"), {
        "length": _length(past.limit, terms(language)),
        "start": date_words(past.limit.starts_on, language, country),
        "end": date_words(past.limit.day, language, country),
        "over": date_words(past.limit.late_from, language, country), "why": clean(past.why_later),
        "section": clean(past.limit.citation).rstrip("."),
        "to_confirm": past.to_confirm, "longer": past.longer, "rested": past.rested})
    return " ".join(filled.split())


def _length(limit: ComputedDate, words: Mapping[str, str]) -> str:
    count = "one" if limit.number == 1 else "many"
    return words[f"period.{limit.unit}.{count}"].format(number=limit.number)


def _sections(sections: Iterable[str]) -> str:
    cleaned = (clean(section).rstrip(".") for section in sections)
    return "; ".join(dict.fromkeys(filter(None, cleaned)))


def _duties(order: LaterOrder) -> dict[str, Any]:
    duty = order.duty
    section = clean(duty.section) if duty else ""
    return {"duty_reasons": section if duty and duty.reasons else "",
            "duty_authority": section if duty and duty.authority else ""}


def _times(order: LaterOrder, words: Mapping[str, str]) -> dict[str, Any]:
    """The times for the answer to an appeal, and for confirming it."""
    found = {}
    for name, limit in (("answer", order.appeal_answer), ("confirm", order.appeal_confirm)):
        found[f"{name}_length"] = _length(limit, words) if limit else ""
        found[f"{name}_section"] = clean(limit.citation).rstrip(".") if limit else ""
    return found


def _identity(
    order: LaterOrder, context: Mapping[str, Any], small: Mapping[str, str]
) -> dict[str, Any]:
    words = terms(order.asked.language)
    own = order.asked.acting_as is ActingAs.SELF
    free = {f.right for f in order.asked.footings if f.no_proof_section and own}
    headings = {(footing.law, footing.right): item.heading for footing, item in zip(
        _by_law(order), (item for group in context["groups"] for item in group.items),
        strict=True)}
    held = [fact for fact in order.carried if fact not in _OWN_CHANNELS
            and f"held.{fact}" in small]
    given = [fact for fact in order.demanded if fact in order.carried]
    never = [fact for fact in order.demanded if fact in NEVER_BY_DEFAULT]
    return {
        "demanded": listing((small[f"demand.{fact}"] for fact in order.demanded), words),
        "given_already": listing((small[f"demand.{fact}"] for fact in given), words),
        "never": listing((small[f"nothing_of.{fact}"] for fact in never), {
            **words, **{f"join.{many}": small.get("join.nor", words[f"join.{many}"])
                        for many in ("two", "many")}}),
        "needs_none": listing(
            (small["quote"].replace("{words}", heading)
             for (_, right), heading in headings.items() if right in free), words),
        "needs_more": any(f.right not in free for f in order.asked.footings),
        "carried": listing((small[f"held.{fact}"] for fact in held), words),
        "has_listing": Fact.LISTING_URL in order.carried,
        "doubts": clean(order.doubts), "mailbox_line": _mailbox(order, small, own=own),
    }


def _by_law(order: LaterOrder) -> list[Any]:
    footings = order.asked.footings
    return [f for law in dict.fromkeys(one.law for one in footings)
            for f in footings if f.law == law]


def _mailbox(order: LaterOrder, small: Mapping[str, str], *, own: bool) -> str:
    """What the mailbox for answers shows; a helper's shows nothing about the person."""
    if not order.asked.reply_email or Fact.REPLY_EMAIL not in order.carried:
        return ""
    key = "helper" if not own else "email" if order.sent_by is Channel.EMAIL else "other"
    return small[f"mailbox.{key}"].replace("{mailbox}", clean(order.asked.reply_email))
