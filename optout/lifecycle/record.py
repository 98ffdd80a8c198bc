"""What requests to one broker came to, counted from their histories."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from statistics import median

from optout.domain.broker_record import BrokerRecord, Outcome
from optout.domain.outcome_words import Claim, RefusalReason
from optout.domain.request import Request, RequestEvent, StatutoryDate
from optout.domain.words import Event, Standing
from optout.lifecycle.clock_history import clock_start
from optout.lifecycle.life import effective
from optout.lifecycle.outcome import confirmed_gone, relisted
from optout.lifecycle.overdue import latenesses
from optout.lifecycle.table import CLAIMS

OF_CLAIM: Mapping[Claim, Outcome] = {
    Claim.REMOVED: Outcome.REMOVED, Claim.SUPPRESSED: Outcome.REMOVED,
    Claim.PARTLY: Outcome.PARTLY, Claim.NO_RECORD: Outcome.NO_RECORD,
    Claim.REFUSED: Outcome.REFUSED,
}
_ENDED = frozenset({Standing.CLOSED, Standing.WITHDRAWN})


Lived = tuple[Request, Sequence[RequestEvent], Sequence[StatutoryDate]]
"""A request, its history and its statutory dates."""


def record(lives: Iterable[Lived], day: date, *, not_counted: int = 0) -> BrokerRecord:
    """What came of the requests that left, as it stands on a day.

    Those that never left, that came back as undeliverable, and duplicates are not counted.

    Args:
        lives: the requests with their histories and dates.
        day: up to which lateness is counted.
        not_counted: how many there are besides.
    """
    left = [life for life in lives if _left(life[0]) and clock_start(life[1]) is not None]
    took = [days for request, events, _ in left if (days := _days(request, events)) is not None]
    refusals = [reason for _, events, _ in left if (reason := _reason(events)) is not None]
    return BrokerRecord(
        sent=len(left), outcomes=Counter(_outcome(life, day) for life in left),
        answered=len(took), median_days=median(took) if took else None,
        gone=sum(confirmed_gone(events) for _, events, _ in left),
        listed_again=sum(relisted(events) for _, events, _ in left),
        reasons=Counter(refusals), not_counted=not_counted)


def _left(request: Request) -> bool:
    return (request.sent_on is not None and not request.merged_into
            and request.standing is not Standing.UNDELIVERED)


def _outcome(life: Lived, day: date) -> Outcome:
    request, events, dates = life
    if request.claim is not None:
        return OF_CLAIM[request.claim]
    if request.standing in _ENDED:
        return Outcome.ENDED
    # Who did not confirm receipt in time may still answer in time.
    over = any(not late.to_confirm for late in latenesses(request, dates, day, events))
    return Outcome.SILENT if over else Outcome.OPEN


def _days(request: Request, events: Sequence[RequestEvent]) -> int | None:
    """Days from the start of the clock to the first claim after it; None without one."""
    start = clock_start(events)
    if start is None:
        return None
    began = request.received_on or start.on if start.event is Event.MARK_SENT else start.on
    answers = [event.on for event in effective(events)
               if event.seq > start.seq and event.event in CLAIMS]
    return max(0, (answers[0] - began).days) if answers else None


def _reason(events: Sequence[RequestEvent]) -> RefusalReason | None:
    """Why they refused, where the latest answer is a refusal that gave a reason."""
    claims = [event for event in effective(events) if event.event in CLAIMS]
    return claims[-1].reason if claims and claims[-1].event is Event.REFUSE else None
