"""What a later letter cites, in the language of its recipient: all of it, or English."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from optout.documents.languages import PLAIN_LANGUAGE, chosen_language
from optout.documents.later_order import LaterOrder
from optout.documents.later_words import later_terms
from optout.documents.law_words import Say, noting, said_in, saying, wordless
from optout.documents.texts import has_template
from optout.domain.document_words import Purpose
from optout.domain.footing import ComputedDate
from optout.domain.words import Fact


def chosen_later_language(order: LaterOrder, recipients: str) -> str:
    """The recipient's language if the whole letter can be said in it, else English.

    A request that carried a reason in the person's own words went out in English, unless those
    words were in the recipient's language; what follows it does so, too. An authority is told in
    its own language in any case: no reason stands in a complaint.

    Args:
        order: the letter, its law words as the law data has them.
        recipients: the language of the recipient.
    """
    asked = order.asked
    had_reason = (Fact.REASON in order.carried and order.purpose is not Purpose.COMPLAINT
                  and asked.person_language != recipients)
    plain = replace(asked, facts={})
    if (had_reason or chosen_language(plain, recipients) == PLAIN_LANGUAGE
            or later_lacking(order, recipients)):
        return PLAIN_LANGUAGE
    return recipients


def later_lacking(order: LaterOrder, language: str) -> tuple[str, ...]:
    """What a later letter cites or says, beyond the request, that has no words in a language."""
    if language == order.asked.law_language:
        return ()
    missing = list(_unworded(order, language))
    _said(order, noting(language, missing))
    return tuple(dict.fromkeys(missing))


def in_its_later_language(order: LaterOrder) -> LaterOrder:
    """The order with what its laws say in the language of its letter.

    Raises:
        InvalidInput: when something has no words in that language.
    """
    asked, language = order.asked, order.asked.language
    if language == asked.law_language:
        return order
    missing: list[str] = list(later_lacking(order, language))
    said_in(asked, language, noting(language, missing))
    if missing:
        raise wordless(language, missing)
    say = saying(language)
    return replace(_said(order, say), asked=said_in(asked, language, say))


def _said(order: LaterOrder, say: Say) -> LaterOrder:
    law = order.asked.footings[0].law
    return replace(
        order,
        past=tuple(replace(one, limit=_cited(one.law, one.limit, say)) for one in order.past),
        steps=tuple(replace(one, limit=_cited(law, one.limit, say)) if one.limit else one
                    for one in order.steps),
        duty=replace(order.duty, section=say(law, order.duty.section)) if order.duty else None,
        doubts=say(law, order.doubts))


def _cited(law: str, limit: ComputedDate, say: Say) -> ComputedDate:
    return replace(limit, citation=say(law, limit.citation))


def _unworded(order: LaterOrder, language: str) -> Iterator[str]:
    """What the letter itself has no words for in a language."""
    if not has_template(language, f"later/{order.purpose}/body"):
        yield f"letter {order.purpose}"
    if any(one.to_confirm or one.why_later for one in order.past):
        yield "another time than that of the answer"
    small = later_terms(language)
    keys = (*(f"step.{one.key}" for one in order.steps),
            *(f"exhibit.{one.key}" for one in order.exhibits))
    yield from (key for key in keys if key not in small)
