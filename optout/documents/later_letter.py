"""From an order to the words of a later letter: paper, e-mail, or a sheet beside a form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from optout.documents.clean import clean
from optout.documents.form_sheet import FORM_CHANNELS, link_of
from optout.documents.later_context import later_context
from optout.documents.later_law_words import in_its_later_language
from optout.documents.later_order import LaterOrder
from optout.documents.later_words import PLAIN, later_terms
from optout.documents.texts import fill, paragraphs, template, terms
from optout.documents.words import LETTER_PAPER, date_words, writer_of
from optout.domain.document import FormSheet, FormValue, Letter
from optout.domain.document_words import Purpose
from optout.domain.words import ActingAs, Channel, Fact

_NEVER_IN_PUBLIC = (Fact.CURRENT_ADDRESS, Fact.LISTING_URL)
_NEVER = (Fact.DATE_OF_BIRTH, Fact.SSN)


def compose_later(order: LaterOrder) -> Letter | FormSheet:
    """The words of a later letter, or a sheet for a channel that carries none.

    Raises:
        MissingFact: when a placeholder has no value.
        UnwritableText: for control characters in a value.
        InvalidInput: when the language has no words.
    """
    if order.asked.channel in FORM_CHANNELS:
        return _sheet(order)
    return _letter(order)


def _letter(order: LaterOrder) -> Letter:
    order = in_its_later_language(order)
    asked, context = order.asked, later_context(order)
    where = order.purpose.value

    def one_line(name: str) -> str:
        made = template(asked.language, f"later/{where}/{name}", f"later/{name}")
        return fill(made, context).strip()

    return Letter(
        reference=asked.reference, language=asked.language,
        page="letter" if asked.recipient_country in LETTER_PAPER else "a4",
        sender=tuple(map(clean, (writer_of(asked), *asked.sender_lines,
                                 *([asked.reply_email] if asked.reply_email else [])))),
        recipient=tuple(map(clean, asked.recipient_lines)) or (_recipient(order),),
        date_line=date_words(asked.day, asked.language, asked.recipient_country),
        subject=one_line("subject"), salutation=one_line("salutation"),
        paragraphs=paragraphs(fill(template(asked.language, f"later/{where}/body"), context)),
        closing=one_line("closing"), signature=clean(writer_of(asked)),
        enclosures=tuple(_enclosures(order)), signature_image=asked.signature_image)


def _recipient(order: LaterOrder) -> str:
    return clean(order.authority.name if order.authority else order.asked.broker_name)


def _enclosures(order: LaterOrder) -> Iterator[str]:
    """What goes with a complaint, under the letters of the case bundle; else nothing."""
    if order.purpose is not Purpose.COMPLAINT:
        return
    if order.asked.acting_as is not ActingAs.SELF:
        yield terms(order.asked.language)[f"enclosure.{order.asked.speaks_as}"]
    yield from exhibits_of(order)


def exhibits_of(order: LaterOrder) -> tuple[str, ...]:
    """The exhibits as a list names them: `A: the request`."""
    small = later_terms(order.asked.language)
    return tuple(small["exhibit"].replace("{letter}", one.letter).replace(
        "{what}", small[f"exhibit.{one.key}"]) for one in order.exhibits)


def _sheet(order: LaterOrder) -> FormSheet:
    """The statement is for the recipient and in their language; all else is for the person."""
    asked, statement = order.asked, _statement(order)
    for_person = replace(order, asked=replace(asked, language=PLAIN))
    context = later_context(for_person)
    link = link_of(asked.procedure.url)
    heard = order.authority
    context |= {
        "link": link, "phone": "", "exhibits": ", ".join(exhibits_of(for_person)),
        "authority": clean(heard.name) if heard else "",
        "wants": clean(heard.wants) if heard else "",
        "other_language": _other_language(order)}
    if asked.channel is Channel.PHONE:
        context["phone"] = clean(asked.procedure.phone)
    context["title"] = fill(template(PLAIN, "later/form/titles"), context).strip()
    kind = "complaint" if order.purpose is Purpose.COMPLAINT else "broker"
    title, *steps = paragraphs(fill(template(PLAIN, f"later/form/{kind}"), context))
    return FormSheet(
        reference=asked.reference, title=title, link=link, steps=tuple(steps),
        values=tuple(_values(for_person)),
        statement=statement, statement_language=asked.language,
        statement_in_english="" if asked.language in {PLAIN, asked.person_language}
        else _statement(replace(order, asked=replace(asked, language=PLAIN))))


def _statement(order: LaterOrder) -> str:
    """The letter's words for a field of a form; a row of the history keeps its date before it.

    In a letter some languages go on in small letters after the salutation, which is not there.
    """
    language = order.asked.language
    colon = later_terms(language)["mark.colon"]
    made = template(language, f"later/{order.purpose}/body")
    body = "\n\n".join(p.replace("\t", f"{colon} ")
                       for p in paragraphs(fill(made, later_context(order))))
    return body[:1].upper() + body[1:]


def _other_language(order: LaterOrder) -> str:
    heard = order.authority
    language = heard.language if heard else ""
    if language in {"", order.asked.language}:
        return ""
    return later_terms(PLAIN).get(f"language.{language}", language)


def _values(order: LaterOrder) -> Iterator[FormValue]:
    """Who writes and where answers go; in a complaint also what stays out of it."""
    asked = order.asked
    words, small = terms(asked.language), later_terms(asked.language)
    yield FormValue(Fact.FULL_NAME, words["fact.full_name"], clean(writer_of(asked)))
    if asked.reply_email:
        yield FormValue(Fact.REPLY_EMAIL, words["fact.reply_email"], clean(asked.reply_email))
    if order.purpose is not Purpose.COMPLAINT:
        return
    for fact in _NEVER_IN_PUBLIC:
        yield FormValue(fact, words[f"fact.{fact}"], leave_empty_because=small[f"empty.{fact}"])
    for fact in _NEVER:
        yield FormValue(fact, words[f"fact.{fact}"], leave_empty_because=words["empty.never"])
