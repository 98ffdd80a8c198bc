"""The sheet that a person works from beside a web form, a platform or a telephone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from optout.documents.clean import clean
from optout.documents.context import context_of
from optout.documents.order import DONE_ON_THE_SITE, LetterOrder
from optout.documents.texts import fill, paragraphs, template, terms
from optout.domain.document import FormSheet, FormValue
from optout.domain.errors import InvalidInput, MissingFact
from optout.domain.fact_words import FACT_WORDS
from optout.domain.words import NEVER_BY_DEFAULT, Channel, Fact, Verification

FORM_CHANNELS = frozenset({
    Channel.WEB_FORM, Channel.PHONE, Channel.ACCOUNT, Channel.PLATFORM, Channel.PORTAL,
})
"""The channels that are worked through with a form sheet; the others carry a letter."""

_INSTRUCTIONS = "en"
"""The language of what the sheet tells the person: there are no others yet."""


def compose_form_sheet(order: LetterOrder) -> FormSheet:
    """Steps, values in the form's order, and a statement in the letter's words.

    The statement is for the recipient and in their language; all else is for the person.

    Raises:
        MissingFact: when the procedure needs a fact that the order does not carry.
        UnwritableText: for control characters in a value.
        InvalidInput: when the channel is one that carries a letter.
    """
    if order.channel not in FORM_CHANNELS:
        raise InvalidInput("This channel carries a letter, not a form.", field="channel",
                           remedy="Compose a letter for it.")
    for_person = replace(order, language=_INSTRUCTIONS)
    context = context_of(for_person) | {
        "steps": tuple(map(clean, order.procedure.steps)),
        "phone": clean(order.procedure.phone), "link": link_of(order.procedure.url),
        "checks": _checks(for_person), "has_values": bool(order.facts),
        "limits_of_way": clean(order.procedure.limits),
    }
    title, *steps = paragraphs(fill(
        template(_INSTRUCTIONS, f"form/{order.channel}"), context))
    return FormSheet(
        reference=order.reference, title=title, link=context["link"], steps=tuple(steps),
        values=tuple(_values(for_person)),
        statement="" if order.is_platform else statement_of(order),
        statement_language=order.language,
        statement_in_english="" if order.is_platform or _is_read_by_person(order)
        else statement_of(for_person))


def _is_read_by_person(order: LetterOrder) -> bool:
    """Whether the person reads the language of the recipient, so far as we know."""
    return order.language in {_INSTRUCTIONS, order.person_language}


def statement_of(order: LetterOrder) -> str:
    """The request in brief, for the free-text field of a form or to be read out."""
    text = fill(template(order.language, "request/statement"), context_of(order))
    return "\n\n".join(paragraphs(text))


def link_of(url: str) -> str:
    """The address of the form; only web addresses become links."""
    return clean(url) if urlsplit(url).scheme in {"http", "https"} else ""


def _checks(order: LetterOrder) -> tuple[str, ...]:
    """What to expect of the recipient's own checks, one step each."""
    words = terms(order.language)
    wanted = (check for check in Verification if check in order.procedure.verification)
    return tuple(words[f"check.{check}"].replace("{reply_email}", order.reply_email or "–")
                 for check in wanted if f"check.{check}" in words)


def _values(order: LetterOrder) -> Iterator[FormValue]:
    """The fields in the form's order: what it needs, what it may have, what stays empty."""
    words, needs = terms(order.language), order.procedure.needs
    withheld = {need.fact: clean(need.reason) for need in order.facts_withheld}
    for fact in dict.fromkeys((*needs, *order.facts, *order.procedure.asked_but_optional,
                               *withheld)):
        label = words[f"fact.{fact}"]
        if fact in NEVER_BY_DEFAULT:
            yield FormValue(fact, label, leave_empty_because=words["empty.never"])
        elif values := _given(order, fact):
            yield from (FormValue(fact, label, clean(value)) for value in values)
        elif fact in withheld:
            yield FormValue(fact, label, leave_empty_because=withheld[fact])
        elif fact in needs and fact not in DONE_ON_THE_SITE:
            raise MissingFact(
                f"The form needs {FACT_WORDS[fact]}.", names=(fact.value,),
                remedy="Enter it for the person, or choose a procedure that works without it.")
        elif fact not in needs:
            yield FormValue(fact, label, leave_empty_because=words["empty.optional"])


def _given(order: LetterOrder, fact: Fact) -> tuple[str, ...]:
    """The values for a field; the reply identity stands in for an e-mail field of its own."""
    if fact in DONE_ON_THE_SITE:
        return ()
    if fact in order.facts:
        return order.facts[fact]
    if fact in {Fact.EMAIL, Fact.REPLY_EMAIL} and order.reply_email:
        return (order.reply_email,)
    if fact is Fact.REPLY_ADDRESS and order.sender_lines:
        return (", ".join(order.sender_lines),)
    return ()
