"""Tasks that the law's clock calls for; without a number in the law, the registry's expectation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from optout.domain.footing import VOLUNTARY, ComputedDate
from optout.domain.words import Channel, Event, FollowUpKind, Standing
from optout.lifecycle.life import effective
from optout.lifecycle.overdue import CLOCK_RUNS, answer_by, extension_counts, first_lateness
from optout.lifecycle.situation import Situation, Task

FAIR_DAYS = 30
"""Days after which it is fair to ask, where neither a law nor the recipient names a number."""

REMINDED_DAYS = 14
"""Days that a reminder is given before the next step: our patience, no law."""

FIRM_FIRST = frozenset({"gb-uk-gdpr"})
"""Laws under which one complains to the firm itself before an authority hears one."""

COMPLAINED_DAYS = 60
"""Days after which to ask an authority how a complaint stands: our patience, no law."""


_INSISTING = frozenset({Event.REMIND, Event.APPEAL, Event.COMPLAIN})


def _law(limit: ComputedDate) -> str:
    return f" ({limit.citation})" if limit.citation else ""


def _answer_tasks(kind: FollowUpKind, limit: ComputedDate) -> Iterator[Task]:
    if limit.provisional:
        yield Task(kind, limit.day,
                   "They asked who you are, and while that is open their time does not run"
                   f"{_law(limit)}. Answer, or say why you do not; then their date is counted "
                   "anew.")
        return
    extended = kind is FollowUpKind.EXTENSION_DUE
    what = "The longer time that they announced" if extended else "The law’s time for an answer"
    yield Task(kind, limit.day,
               f"{what} ends on this day{_law(limit)}. Look through your mail and enter what came.")
    yield Task(FollowUpKind.ESCALATE, limit.late_from,
               f"If nothing came, they are late from this day on{_law(limit)}. Send the reminder.")


def _by_law(now: Situation, *, ahead_only: bool = False) -> list[Task]:
    tasks: list[Task] = []
    for row in now.dates:
        limit = answer_by(row, now.history)
        if limit is None or (ahead_only and limit.day < now.on):
            continue
        counts = extension_counts(row, now.history)
        kind = FollowUpKind.EXTENSION_DUE if counts else FollowUpKind.RESPOND_DUE
        tasks.extend(_answer_tasks(kind, limit))
    return tasks


def _by_expectation(now: Situation, kind: FollowUpKind = FollowUpKind.RESPOND_DUE) -> Task:
    days = now.expectation.expected_days
    if kind is FollowUpKind.EXTENSION_DUE and now.named_days is not None:
        days = now.named_days
    median = now.expectation.median_days
    if days is None and median is not None:
        fair = max(FAIR_DAYS, median)
        return Task(kind, now.in_days(fair),
                    "No law sets a date here. They told California that they answered half of the "
                    f"requests to delete within {median} days. After {fair} days it is fair to "
                    "ask: look through your mail, and ask again if nothing came.")
    if days is None:
        return Task(kind, now.in_days(FAIR_DAYS),
                    f"No law sets a date here, and they promise none. After {FAIR_DAYS} days it is "
                    "fair to ask: look through your mail, and ask again if nothing came.")
    return Task(kind, now.in_days(days),
                f"No law sets a date here; they themselves expect to need {days} days. Look "
                "through your mail, and ask again if nothing came.")


def _platform(now: Situation) -> Task:
    return Task(FollowUpKind.PLATFORM_REPORT_DUE, now.in_days(now.expectation.platform_days),
                "By now the platform should show what each broker reported. Sign in, read it, and "
                "enter what it says.")


def clock_starts(now: Situation) -> Iterator[Task]:
    """What the start of the law's clock calls for; a platform has a rhythm of its own."""
    if now.request.channel is Channel.PLATFORM:
        yield _platform(now)
        return
    for row in now.dates:
        if (limit := row.deadlines.acknowledge_by) is not None:
            yield Task(FollowUpKind.ACKNOWLEDGE_DUE, limit.day,
                       "By this day they must confirm that they have your request"
                       f"{_law(limit)}. Look through your mail and enter what came.")
    yield from _by_law(now) or [_by_expectation(now)]


def clock_after_click(now: Situation) -> Iterator[Task]:
    """As at the start, but without the confirmation of receipt: the link was one."""
    return (task for task in clock_starts(now) if task.kind is not FollowUpKind.ACKNOWLEDGE_DUE)


def clock_extended(now: Situation) -> Iterator[Task]:
    """The answer's new date, for each right by itself; after an appeal, that of its answer.

    A right without an extension, and a notice that came too late, keep the first date.
    """
    appeals = [event for event in effective(now.history) if event.event is Event.APPEAL]
    if appeals and now.standing is Standing.ESCALATED:
        yield _appeal_answer(now, appeals[-1].on)
        yield from _insisted(now)
        return
    if now.standing not in CLOCK_RUNS or now.request.channel is Channel.PLATFORM:
        return
    insisted = list(_insisted(now))
    by_law = _by_law(now, ahead_only=bool(insisted))
    yield from by_law or insisted or [_by_expectation(now, FollowUpKind.EXTENSION_DUE)]
    yield from insisted if by_law else []


def clock_goes_on(now: Situation) -> Iterator[Task]:
    """The clock's tasks again, where the event shows that a request thought lost is in hand."""
    found_again = now.before not in CLOCK_RUNS and now.standing in CLOCK_RUNS
    if found_again and now.request.claim is None and now.request.channel is not Channel.PLATFORM:
        yield from _by_law(now) or [_by_expectation(now)]


def answer_after_identity(now: Situation) -> Iterator[Task]:
    """A date for their second answer, where identity was asked for after a first one."""
    if now.request.claim is not None:
        yield _by_expectation(now)


def after_reminder(now: Situation) -> Iterator[Task]:
    """The law's dates that are still ahead, and the next rung of the ladder."""
    if now.request.claim is None:
        yield from _by_law(now, ahead_only=True)
    yield from _next_rung(now, now.on)


def _next_rung(now: Situation, reminded_on: date) -> Iterator[Task]:
    """What follows a reminder, if nothing comes.

    Who reminds early still waits with it until the recipient is late; while a clock rests nobody
    is, and the rung comes back when it runs on.
    """
    next_on = reminded_on + timedelta(days=REMINDED_DAYS)
    if now.request.claim is None:
        late = first_lateness(now.request, now.dates, now.history)
        if late is None and any(row.deadlines.respond_by for row in now.dates):
            return
        next_on = max(next_on, late or next_on)
    next_step = ("no law helps further: ask once more, or close it" if _voluntary(now)
                 else f"consider {_further(now)}")
    since = (next_on - reminded_on).days
    yield Task(FollowUpKind.ESCALATE, next_on,
               f"{since} days since your reminder. If nothing came, {next_step}.")


def _voluntary(now: Situation) -> bool:
    """Whether no law was asserted, so that there is nobody to complain to."""
    return all(footing.law == VOLUNTARY.law for footing in now.request.footings)


def _further(now: Situation) -> str:
    """What may follow a reminder; an appeal needs a decision, or a law that takes silence."""
    silent = now.request.claim is None and not any(
        footing.law in FIRM_FIRST for footing in now.request.footings)
    if silent or not now.expectation.can_appeal:
        return "a complaint to the authority"
    return "an appeal to them, or a complaint to the authority"


def after_complaint(now: Situation) -> Iterator[Task]:
    """The law's dates that are still ahead, and a question to the authority."""
    if now.request.claim is None:
        yield from _by_law(now, ahead_only=True)
    yield _ask_authority(now.on)


def _ask_authority(complained_on: date) -> Task:
    return Task(FollowUpKind.ESCALATE, complained_on + timedelta(days=COMPLAINED_DAYS),
                f"{COMPLAINED_DAYS} days since your complaint. Ask the authority how it stands.")


def _insisted(now: Situation) -> Iterator[Task]:
    """The next step after the reminder or the complaint that stands; it outlives a notice."""
    last = next((event for event in reversed(effective(now.history))
                 if event.event in _INSISTING), None)
    if now.standing is not Standing.ESCALATED or last is None:
        return
    if last.event is Event.REMIND:
        yield from _next_rung(now, last.on)
    elif last.event is Event.COMPLAIN:
        yield _ask_authority(last.on)


def after_appeal(now: Situation) -> Iterator[Task]:
    """The answer to the appeal: by law where it sets a number."""
    yield _appeal_answer(now, now.on)


def _appeal_answer(now: Situation, made_on: date) -> Task:
    days = now.expectation.appeal_answer_days
    if days is None:
        named = now.event.until or made_on + timedelta(days=COMPLAINED_DAYS)
        return Task(FollowUpKind.APPEAL_ANSWER_DUE, named,
                    "No date is known for the answer to an appeal. Look through your mail; if "
                    "nothing came, consider a complaint to the authority.")
    return Task(FollowUpKind.APPEAL_ANSWER_DUE, made_on + timedelta(days=days),
                "The law’s time for the answer to your appeal ends on this day. If nothing "
                "came, consider a complaint to the authority.")


def after_refusal(now: Situation) -> Iterator[Task]:
    """What to do about an answer that leaves something out."""
    yield Task(FollowUpKind.ESCALATE, now.in_days(1),
               f"Their answer leaves something out. {_choice(now)}")
    if (days := now.expectation.appeal_days) is not None:
        yield Task(FollowUpKind.APPEAL_BY, now.in_days(days),
                   "This is the last day that the law gives you for an appeal.")


def _choice(now: Situation) -> str:
    """What the person can do about such an answer."""
    if now.request.channel is Channel.PLATFORM:
        return ("Read on the platform what each broker reported, and write to a single broker by "
                "a request of its own.")
    read = "Read the reason that they give, and choose: accept it"
    if _voluntary(now):
        return f"{read}, or answer it. No law that this program knows goes further."
    appeal = "appeal, " if now.expectation.can_appeal else ""
    return f"{read}, answer it, {appeal}or complain."
