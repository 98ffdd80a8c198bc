"""Tasks of looking: whether it is gone, and whether it came back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from optout.domain.outcome_words import Claim
from optout.domain.request import RequestEvent
from optout.domain.words import Channel, FollowUpKind, Standing
from optout.lifecycle.life import effective
from optout.lifecycle.outcome import clean_looks, failed_looks, relisted
from optout.lifecycle.situation import Expectation, Situation, Task

INTERVALS = (14, 45, 90)
"""Days to the next look, after the promised date and after each clean look (DESIGN, Words)."""

AT_RISK_INTERVAL = 30
RETRY_DAYS = (3, 7, 14, 28)
"""Days after which a look that failed is tried again, by the days in a row on which it did."""

SHORTEST_LEARNED = 7
"""No return of a listing makes looks come more often than once in so many days."""

_NOT_SENT = frozenset({Standing.DRAFT, Standing.READY})
_SAYS_GONE = frozenset({Claim.REMOVED, Claim.SUPPRESSED, Claim.NO_RECORD})

_BACK = "It was gone and is back. Open a new request that refers to this one."
_SEEN_AND_CLOSED = ("They say that nothing is there, and you saw it. Ask them again, in a new "
                    "request.")
_SEEN = "They say that nothing is there, and you saw it. Send a reminder that says so."
NEXT_STEPS = (_BACK, _SEEN_AND_CLOSED, _SEEN)
"""Why there is a next step after a listing was seen; by these words such tasks are known."""


def next_look_days(expectation: Expectation, clean: int) -> int:
    """Days to the next look after so many clean ones.

    The recipient's own interval where it is known, else 14, then 45, then 90 days. A listing that
    came back there makes it shorter: half of the days after which it was back, so that the next
    return is seen sooner than the last one was, but never less than seven days for that reason.
    Never more than 30 days for people at risk.

    Args:
        expectation: what the registry and the returns seen in this data folder lead to expect.
        clean: how many clean looks in a row there were before the wait.
    """
    days = expectation.recheck_days or INTERVALS[min(clean, len(INTERVALS) - 1)]
    if expectation.came_back_days is not None:
        days = min(days, max(expectation.came_back_days // 2, SHORTEST_LEARNED))
    return min(days, AT_RISK_INTERVAL) if expectation.at_risk else days


def interval(now: Situation, clean: int) -> int:
    """Days to the next look at what a request asked for; see `next_look_days`."""
    return next_look_days(now.expectation, clean)


def _recheck(now: Situation, due_on: date) -> Task:
    if now.expectation.can_look or now.request.last_look is not None:
        return Task(FollowUpKind.RECHECK, due_on,
                    "Listings come back. Look whether this one stayed away, and enter what you "
                    "saw.")
    if now.request.channel is Channel.PLATFORM:
        return Task(FollowUpKind.RECHECK, due_on,
                    "What the brokers report to the platform changes. Sign in, read it again, and "
                    "enter what it says by now.")
    return Task(FollowUpKind.RECHECK, due_on,
                "No way to look there is known here, and they may have bought your data anew. "
                "Consider asking again.")


def look_when_promised(now: Situation) -> Iterator[Task]:
    """A first look on the day for which the recipient itself promises removal."""
    days = now.expectation.expected_days
    if days is not None and now.expectation.can_look and now.request.channel is not (
            Channel.PLATFORM):
        yield Task(FollowUpKind.CONFIRM_REMOVAL, now.in_days(days),
                   f"They say that it takes {days} days (their word, no law). Look whether it is "
                   "gone, and enter what you saw.")


def looks_after_claim(now: Situation) -> Iterator[Task]:
    """A look that confirms the claim, and one later that would see a return."""
    if now.standing is Standing.WITHDRAWN:
        return
    first = max(now.promised_on, now.in_days(1))
    if now.expectation.can_look and now.standing is not Standing.CLOSED:
        yield Task(FollowUpKind.CONFIRM_REMOVAL, first,
                   "They say that nothing is there any more. Look for yourself, and enter what "
                   "you saw.")
    clean = 0 if now.expectation.can_look else len(INTERVALS)
    yield _recheck(now, first + timedelta(days=interval(now, clean)))


def look_again_later(now: Situation) -> Iterator[Task]:
    """The next look after a clean one."""
    if now.standing not in _NOT_SENT:
        clean = clean_looks(now.history)
        yield _recheck(now, now.in_days(interval(now, max(clean - 1, 0))))


def still_there(now: Situation) -> Iterator[Task]:
    """What a listing that was seen calls for, by what was said and seen before.

    However often it is seen, there is one next step. One that is open already stands for it; but
    where it came back, none does whose day is still to come, be it the law’s or our patience’s.
    """
    if now.standing in _NOT_SENT:
        return
    if relisted(now.history):
        yield Task(FollowUpKind.ESCALATE, now.on, _BACK, yields_to=day_after(now.history))
    elif now.request.claim in _SAYS_GONE:
        yield Task(FollowUpKind.ESCALATE, now.in_days(1),
                   _SEEN_AND_CLOSED if now.standing is Standing.CLOSED else _SEEN,
                   yields_to=date.max)
    elif now.standing is not Standing.CLOSED:
        yield Task(FollowUpKind.CONFIRM_REMOVAL, now.in_days(interval(now, 0)),
                   "It was still there. Look again whether it is gone, and enter what you saw.")


def day_after(history: Sequence[RequestEvent]) -> date:
    """The day after the latest day of which a history tells; looks may be entered late."""
    return max(event.on for event in effective(history)) + timedelta(days=1)


def retry_days(failed: int) -> int:
    """Days to the next try, after a look failed on so many days in a row, one at the least."""
    return RETRY_DAYS[min(failed, len(RETRY_DAYS)) - 1]


def retry_why(failed: int) -> str:
    """Why to try again, with how often it could not be seen by now; `failed` as above."""
    so_far = ("The last look could not tell" if failed == 1
              else f"It could not be seen on {failed} days by now")
    return (f"{so_far}. Try again, perhaps in another browser, and enter what you saw.")


def try_again(now: Situation) -> Iterator[Task]:
    """Another try, less often each time: a page that cannot be seen is no page that is gone."""
    if now.standing in _NOT_SENT:
        return
    seen_clean = clean_looks(now.history) or now.standing is Standing.CLOSED
    kind = FollowUpKind.RECHECK if seen_clean else FollowUpKind.CONFIRM_REMOVAL
    failed = failed_looks(now.history)
    yield Task(kind, now.in_days(retry_days(failed)), retry_why(failed))
