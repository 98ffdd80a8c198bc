"""What the pages about laws choose from and show: places, capacities, names of parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from optout.domain.words import ActingAs, Confidence, Right
from optout.law.calendar import GOOD_UNTIL
from optout.law.model import Law, LawBook, RightRule, UpcomingChange
from optout.law.parts import Refusal
from optout.services.complaints import proofs_for
from optout.services.law_state import LawState
from optout.services.rights_values import PlaceRights
from optout.web import law_labels
from optout.web.i18n import lazy
from optout.web.i18n import text as _
from optout.web.law_words import (
    agent_line,
    answer_lines,
    by_answer,
    covered_line,
    extension_line,
    jurisdiction_name,
    period_words,
    shortest,
    suit_line,
    unknown_fields,
)

Places = list[tuple[str, str]]

ACTINGS = (
    (ActingAs.SELF.value, lazy("You yourself")),
    (ActingAs.AGENT.value, lazy("Somebody whom you gave a signed permission")),
    (ActingAs.ATTORNEY_IN_FACT.value, lazy("Somebody with a power of attorney")),
    (ActingAs.GUARDIAN.value, lazy("A parent or guardian")),
)
"""Who may send a request, as the page asks it."""


def asked_acting(value: str) -> ActingAs:
    """The capacity that a form names; the person itself where it names none."""
    return ActingAs(value) if value in list(ActingAs) else ActingAs.SELF


def jurisdictions(book: LawBook) -> Places:
    """Where the laws of the book hold, by name."""
    codes = {law.jurisdiction for law in book.all_on(book.checked)}
    return sorted(((code, jurisdiction_name(code)) for code in codes), key=lambda pair: pair[1])


def past_changes(law: Law, day: date) -> tuple[UpcomingChange, ...]:
    """The changes that hold already on a day, the latest first."""
    past = [change for change in law.changes if change.on <= day]
    return tuple(sorted(past, key=lambda change: change.on, reverse=True))


def good_until(law: Law) -> date | None:
    """Until when the holidays that the law counts with were checked; None without holidays."""
    return GOOD_UNTIL if law.counting.calendars else None


def sections(law: Law, rule: RightRule) -> tuple[str, ...]:
    """The citations of a right and of its periods, each once."""
    return tuple(dict.fromkeys(_sections(law, rule)))


def _sections(law: Law, rule: RightRule) -> Iterator[str]:
    periods = (rule.acknowledgement, rule.deadline, *(one for _, one in rule.by_channel),
               rule.extension)
    if law.is_low(f"rights.{rule.right}.section"):
        yield _("%(section)s (the exact paragraph is not certain)", section=rule.section)
    else:
        yield rule.section
    yield from (period.section for period in periods if period is not None and period.section)


def refusal_words(refusal: Refusal) -> str:
    """What a refusal must say."""
    found = ((refusal.reasons, _("give reasons")), (refusal.appeal, _("say how you can appeal")),
             (refusal.authority, _("say where you can complain")))
    return "; ".join(words for there, words in found if there) or _("be told to you")


def key_of(place: PlaceRights, law: Law | None = None) -> str:
    """The id of a part of the page."""
    code = place.code.replace(" ", "-")
    return f"at-{code}-{law.id}" if law is not None else f"at-{code}"


def place_title(place: PlaceRights) -> str:
    """What a part of the page is called: where it holds."""
    if place.is_federal:
        return _("Anywhere in the United States")
    if place.left_on is not None:
        return _("%(place)s, where you lived", place=jurisdiction_name(place.code))
    return jurisdiction_name(place.code)


def right_sentence(right: Right) -> str:
    """What a right means."""
    return str(law_labels.RIGHTS[right])


def state_sentence(state: LawState) -> str:
    """Where a law stands."""
    return str(law_labels.STATE_SENTENCES[state])


def state_tag(state: LawState) -> str:
    """The colour of a state's tag."""
    return law_labels.STATE_TAGS.get(state, "")


def confidence_of_law(confidence: Confidence) -> str:
    """How a law is known."""
    return str(law_labels.CONFIDENCES[confidence])


def confidence_of_change(confidence: Confidence) -> str:
    """How a change is known."""
    return str(law_labels.CHANGE_CONFIDENCES[confidence])


WORDS: Mapping[str, Any] = MappingProxyType({
    one.__name__: one for one in (
        agent_line, answer_lines, by_answer, confidence_of_change, confidence_of_law,
        covered_line, extension_line, jurisdiction_name, key_of, period_words, place_title,
        proofs_for, refusal_words, right_sentence, sections, shortest, state_sentence, state_tag,
        suit_line, unknown_fields)})
"""What the templates of these pages may call."""
