"""Whether a letter that comes after a request may be written today, and if not, why not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from optout.domain.document_words import Purpose
from optout.domain.footing import VOLUNTARY, ComputedDate
from optout.domain.later import EVENT_OF_PURPOSE
from optout.domain.outcome_words import Claim
from optout.domain.request import Request, RequestEvent, StatutoryDate
from optout.domain.words import Channel, Event, Right, Standing
from optout.law.calendar import plain
from optout.lifecycle.clock_history import clock_start
from optout.lifecycle.clock_tasks import FAIR_DAYS, FIRM_FIRST
from optout.lifecycle.life import effective, possible
from optout.lifecycle.overdue import Lateness, answer_by, first_lateness, latenesses
from optout.lifecycle.situation import Expectation

_REFUSED = frozenset({Claim.REFUSED, Claim.PARTLY})

_WAITS_FOR_THE_PERSON: Mapping[Standing, str] = {
    Standing.UNDELIVERED: "It came back. Send it again, another way.",
    Standing.REDIRECTED: "They want it sent another way. Send it that way first.",
    Standing.CONFIRMATION_NEEDED: "It does not count until you click the link that they sent you.",
}


@dataclass(frozen=True, slots=True)
class Standpoint:
    """A request on a day, with all that decides about the letters after it.

    Args:
        request: as it stands.
        events: its whole history.
        dates: its statutory dates.
        expectation: what the registry expects of the recipient.
        day: the day of the question.
        for_counsel: it is a draft for counsel.
        appeal_by: the last day that the law gives for an appeal; None where it sets none.
        heard: its laws for which somebody who hears complaints can be reached in a way that is
            confirmed.
    """

    request: Request
    events: Sequence[RequestEvent]
    dates: Sequence[StatutoryDate]
    expectation: Expectation
    day: date
    for_counsel: bool = False
    appeal_by: ComputedDate | None = None
    heard: frozenset[str] = frozenset()

    @property
    def late(self) -> tuple[Lateness, ...]:
        """The times of the law that are over."""
        return latenesses(self.request, self.dates, self.day, self.events)

    @property
    def refused(self) -> bool:
        """They refused all of it or a part of it."""
        return self.request.claim in _REFUSED

    @property
    def laws(self) -> tuple[str, ...]:
        """The laws that it asserts, best first."""
        laws = dict.fromkeys(footing.law for footing in self.request.footings)
        return tuple(law for law in laws if law != VOLUNTARY.law)

    @property
    def rests(self) -> bool:
        """A clock rests while a question about identity is open."""
        ends = (answer_by(row, self.events) for row in self.dates)
        return any(end is not None and end.provisional for end in ends)

    def last(self, *kinds: Event) -> RequestEvent | None:
        """The latest event of these kinds that still counts."""
        found = [event for event in effective(self.events) if event.event in kinds]
        return found[-1] if found else None


def unmet(purpose: Purpose, at: Standpoint) -> str:
    """The sentence that says which condition of a letter is not met; empty when all are."""
    return _never(at) or _RULES[purpose](at) or _impossible(purpose, at)


def asks_again_from(at: Standpoint) -> date | None:
    """The first day on which it is fair to ask again where no law sets one; None before it left.

    The recipient's own promise, or the time that it takes by its own word, or our patience; and
    never before a date that it named.
    """
    start = clock_start(at.events)
    if start is None:
        return None
    days = at.expectation.expected_days
    if days is None:
        days = max(FAIR_DAYS, at.expectation.median_days or 0)
    named = at.last(Event.EXTEND)
    fair = start.on + timedelta(days=days)
    if named is not None and named.until is not None and named.seq > start.seq:
        return max(fair, named.until + timedelta(days=1))
    return fair


def asked_who(events: Sequence[RequestEvent]) -> RequestEvent | None:
    """The demand for identity that is still open; None without one."""
    kinds = {Event.DEMAND_IDENTITY, Event.ANSWER_IDENTITY, Event.MARK_SENT}
    found = [event for event in effective(events) if event.event in kinds]
    return found[-1] if found and found[-1].event is Event.DEMAND_IDENTITY else None


def _never(at: Standpoint) -> str:
    if at.for_counsel:
        return "This is a draft for counsel. What comes after it is for counsel to write."
    if at.request.channel is Channel.PLATFORM:
        return ("This went to a platform of the state. Read there what each broker reported, and "
                "write to a single broker by a request of its own.")
    if at.last(Event.MARK_SENT) is None:
        return "It has not been sent yet."
    if at.request.standing in {Standing.CLOSED, Standing.WITHDRAWN}:
        return "This request is over. Make a new one if it is needed again."
    return ""


def _impossible(purpose: Purpose, at: Standpoint) -> str:
    """What the table of moves says, where no rule said it in better words."""
    if EVENT_OF_PURPOSE[purpose] in possible(at.events):
        return ""
    return _WAITS_FOR_THE_PERSON.get(at.request.standing, "It is not the time for this letter.")


def _reminder(at: Standpoint) -> str:
    if at.request.claim is not None:
        return ("They refused. Answer the refusal instead." if at.refused else
                "They have answered. Look whether it is true before you write again.")
    if at.request.standing in _WAITS_FOR_THE_PERSON:
        return _WAITS_FOR_THE_PERSON[at.request.standing]
    if at.late:
        return ""
    if not any(answer_by(row, at.events) for row in at.dates):
        return _too_early_to_ask(at)
    if at.rests:
        return ("They asked who you are, and while that is open their time does not run. Answer "
                "that first.")
    first = first_lateness(at.request, at.dates, at.events)
    when = f" A reminder may go out from {plain(first)} on." if first else ""
    return f"They are not late yet.{when}"


def _too_early_to_ask(at: Standpoint) -> str:
    fair = asks_again_from(at)
    if fair is None or fair <= at.day:
        return ""
    return f"No law sets a date here. It is fair to ask again from {plain(fair)} on."


def _identity_answer(at: Standpoint) -> str:
    if asked_who(at.events) is None:
        return "They have not asked who you are."
    if at.request.claim is not None and at.request.standing is Standing.ANSWERED:
        return "They have answered since they asked. Look at their answer first."
    return ""


def _refusal_answer(at: Standpoint) -> str:
    return "" if at.refused else "They have not refused anything."


def _appeal(at: Standpoint) -> str:
    if not at.laws:
        return "This is a voluntary request: no law gives an appeal."
    with_appeal = {f.law for f in at.request.footings if f.appeal_section}
    if not with_appeal:
        return "None of its laws gives an appeal to the firm itself."
    if not at.refused and not (with_appeal & FIRM_FIRST and at.late):
        return "There is no decision yet that you could appeal against."
    return _appeal_comes_too_late(at) or _reminder_comes_first(at)


def _appeal_comes_too_late(at: Standpoint) -> str:
    made, refused = at.last(Event.APPEAL), at.last(Event.REFUSE, Event.CLAIM_PARTLY)
    if made is not None and (refused is None or made.seq > refused.seq):
        return f"You appealed on {plain(made.on)}. Wait for their answer, or complain."
    if at.appeal_by is not None and at.appeal_by.day < at.day:
        return f"The law’s time for an appeal ended on {plain(at.appeal_by.day)}."
    return ""


def _reminder_comes_first(at: Standpoint) -> str:
    if Event.APPEAL in possible(at.events):
        return ""
    return "Send a reminder first. If they stay silent, this comes next."


def _complaint(at: Standpoint) -> str:
    if not at.laws:
        return ("This is a voluntary request. No law was asserted, so there is nobody to complain "
                "to.")
    sentences = [_of_law(law, at) for law in at.laws]
    return "" if "" in sentences else sentences[0]


def heard_laws(at: Standpoint) -> tuple[str, ...]:
    """The laws under which a complaint may be made today, best first."""
    return tuple(law for law in at.laws if not _of_law(law, at))


def _of_law(law: str, at: Standpoint) -> str:
    """Why nobody would hear a complaint under one law; empty where somebody would."""
    if not at.refused and not any(late.law == law for late in at.late):
        if at.rests:
            return ("They asked who you are, and while that is open their time does not run. "
                    "Answer that first.")
        return "They are not late by this law, and they have not refused."
    told_the_firm = at.last(Event.APPEAL) is not None or any(
        footing.right is Right.COMPLAIN_TO_CONTROLLER for footing in at.request.footings)
    if law in FIRM_FIRST and not told_the_firm:
        return ("Complain to the firm itself first: the authority hears a complaint only after "
                "that.")
    if law not in at.heard:
        return "No confirmed way is known here to complain under this law."
    return ""


_RULES: Mapping[Purpose, Callable[[Standpoint], str]] = {
    Purpose.REMINDER: _reminder,
    Purpose.IDENTITY_ANSWER: _identity_answer,
    Purpose.REFUSAL_ANSWER: _refusal_answer,
    Purpose.APPEAL: _appeal,
    Purpose.COMPLAINT: _complaint,
}
