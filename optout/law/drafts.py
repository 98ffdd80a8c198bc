"""What of a footing is the same against every recipient: by law, right and day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from optout.domain.footing import Footing
from optout.domain.words import Confidence
from optout.law.calendar import plain
from optout.law.model import Law, LawBook, RightRule
from optout.law.parts import LimitRule
from optout.law.sections import with_sections


@dataclass(frozen=True, slots=True)
class Draft:
    """A right as it may be asserted on a day, before anything is known of the recipient.

    Args:
        refusal: why it is offered against nobody on that day; empty if it may be.
        second_hand: what the reason adds where the right rests on a change known only so.
        footing: without reason and limits.
        limits: those of the law's text.
    """

    rule: RightRule
    refusal: str
    second_hand: str
    footing: Footing
    limits: tuple[LimitRule, ...]


@lru_cache(maxsize=512)
def drafts_of(book: LawBook, law_id: str, day: date) -> tuple[Draft, ...]:
    """Every right of a law as it stands on a day.

    A plan asks for the same few laws of each of a thousand recipients.
    """
    law = book.law(law_id, day)
    return tuple(Draft(
        rule, next(_why_not(law, rule, day), ""), _second_hand(law, rule, day),
        with_sections(Footing(
            law=law.id, right=rule.right, law_name=law.name, citation=rule.section,
            reaches_third_party_data=rule.reaches_third_party_data,
            source=law.sources[0], checked=law.checked), law, rule),
        tuple(law.limit_rules(rule.right))) for rule in law.rights.values())


def _why_not(law: Law, rule: RightRule, day: date) -> Iterator[str]:
    if rule.not_offered:
        yield rule.not_offered
    if not law.is_certain_of(rule.right):
        yield "What we know about this right is not certain enough to assert it."
    if rule.available_from is not None and rule.available_from > day:
        yield f"This right can be used only from {plain(rule.available_from)} on."
    if not rule.reaches_third_party_data:
        yield rule.note or ("This right covers only what you gave the firm yourself, and brokers "
                            "got theirs from others.")


def _second_hand(law: Law, rule: RightRule, day: date) -> str:
    change = law.change_behind(rule.right, day)
    if change is None or change.confidence is Confidence.HIGH:
        return ""
    what = "Its periods rest" if change.touches_every_right else "This rests"
    return (f" {what} on a change of {plain(change.on)} ({change.name or 'a new law'}) that "
            "we know second-hand; we have not read its final text.")
