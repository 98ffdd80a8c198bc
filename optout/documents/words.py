"""From an order to the words of a request: one source for letter, e-mail and preview."""

from __future__ import annotations

from datetime import date

from optout.documents.clean import clean
from optout.documents.context import MONTH_FIRST, context_of
from optout.documents.form_sheet import FORM_CHANNELS, compose_form_sheet
from optout.documents.law_words import in_its_language
from optout.documents.order import LetterOrder
from optout.documents.texts import fill, paragraphs, template, terms
from optout.domain.document import Letter
from optout.domain.errors import InvalidInput
from optout.domain.words import ActingAs, Channel, Right

__all__ = ["LETTER_CHANNELS", "compose_form_sheet", "compose_letter", "date_words", "writer_of"]

LETTER_CHANNELS = frozenset(Channel) - FORM_CHANNELS
"""The channels that carry a letter; the others are worked through with a form sheet."""

LETTER_PAPER = frozenset({"US", "CA", "MX", "PH", "CL", "CO", "VE", "CR", "GT", "PA", "DO", "PR"})
"""Countries that print on US Letter; all others on A4."""


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
    order = in_its_language(order)
    context = context_of(order)

    def one_line(name: str) -> str:
        return fill(template(order.language, f"request/{name}"), context).strip()

    return Letter(
        reference=order.reference, language=order.language,
        page="letter" if order.recipient_country in LETTER_PAPER else "a4",
        sender=tuple(map(clean, (writer_of(order), *order.sender_lines,
                                 *([order.reply_email] if order.reply_email else [])))),
        recipient=tuple(map(clean, order.recipient_lines)) or (context["broker"],),
        date_line=date_words(order.day, order.language, order.recipient_country),
        subject=one_line("subject"), salutation=one_line("salutation"),
        paragraphs=paragraphs(fill(template(order.language, "request/body"), context)),
        closing=one_line("closing"), signature=clean(writer_of(order)),
        enclosures=_enclosures(order), signature_image=order.signature_image)


def writer_of(order: LetterOrder) -> str:
    """Who signs: the person, or the one who acts for them."""
    return order.person_name if order.acting_as is ActingAs.SELF else order.agent_name


def date_words(day: date, language: str, country: str) -> str:
    """A date in the reader's convention: `November 25, 2026` or `25 November 2026`.

    Some languages count the first of a month and none of its other days (`1er novembre 2026`).
    """
    words = terms(language)
    pattern = words["date.month_first" if country in MONTH_FIRST else "date.day_first"]
    number = words.get("date.first_day", day.day) if day.day == 1 else day.day
    return pattern.format(day=number, month=words[f"month.{day.month}"], year=day.year)


def _enclosures(order: LetterOrder) -> tuple[str, ...]:
    words = terms(order.language)
    keys = [f"enclosure.{order.speaks_as}"] if order.acting_as is not ActingAs.SELF else []
    if any(footing.right is Right.BLOCK for footing in order.footings):
        keys.append("enclosure.block")
    return tuple(words[key] for key in keys)
