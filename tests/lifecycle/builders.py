"""Small histories, requests and dates for the tests of this room; every person is fictional."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from optout.domain.footing import VOLUNTARY, ComputedDate, Deadlines, Footing
from optout.domain.request import Request, RequestEvent, StatutoryDate
from optout.domain.words import ActingAs, Channel, Event, PeriodUnit, Right, Standing
from optout.lifecycle.life import effective, replay, step

DAY = date(2026, 11, 23)
"""A Monday."""

REQUEST = Request(
    id="OPT-7K3M9Q", person_id="P-2A3C4D", matter_id="M-2A3C4D", broker_id="sample-finder",
    footings=(VOLUNTARY,), channel=Channel.EMAIL, acting_as=ActingAs.SELF,
    standing=Standing.DRAFT, created_on=DAY)

LEGAL = Footing(law="us-xx-sample", right=Right.DELETE, citation="Sample Code 1")


def event(seq: int, kind: Event, after_days: int = 0, detail: str = "") -> RequestEvent:
    on = DAY + timedelta(days=after_days)
    return RequestEvent(seq=seq, event=kind, on=on, actor="owner", detail=detail,
                        recorded_at=datetime(on.year, on.month, on.day, 12, tzinfo=UTC),
                        standing_after=Standing.DRAFT)


def history(*steps: Event | tuple[Event, int]) -> tuple[RequestEvent, ...]:
    """Events with true standings; `(event, days)` happens that many days after `DAY`."""
    events: list[RequestEvent] = []
    for seq, one in enumerate(steps, start=1):
        kind, after_days = one if isinstance(one, tuple) else (one, 0)
        made = event(seq, kind, after_days, f"words of {seq}")
        if kind is Event.UNDO:
            made = replace(made, detail=str(effective(events)[-1].seq))
        life = step(events, kind, made.on, made.detail)
        events.append(replace(made, standing_after=life.standing))
    return tuple(events)


def request_after(events: Sequence[RequestEvent], **changes: object) -> Request:
    life = replay(events)
    sent = next((e.on for e in reversed(effective(events)) if e.event is Event.MARK_SENT), None)
    request = replace(
        REQUEST, standing=life.standing, claim=life.claim, claim_words=life.claim_words,
        last_look=life.last_look, last_look_on=life.last_look_on, sent_on=sent)
    return replace(request, **changes)  # type: ignore[arg-type]  # each test names real fields


def computed(after_days: int, *, round_days: int = 1) -> ComputedDate:
    day = DAY + timedelta(days=after_days)
    return ComputedDate(day=day, late_from=day + timedelta(days=round_days), starts_on=DAY,
                        number=after_days, unit=PeriodUnit.CALENDAR_DAYS,
                        citation="Sample Code 1", arithmetic=())


def dates(
    *, acknowledge: int | None = None, respond: int | None = None, extended: int | None = None,
    seq: int = 1, right: Right = Right.DELETE, round_days: int = 1,
) -> StatutoryDate:
    return StatutoryDate(
        law="us-xx-sample", right=right.value, started_by_seq=seq,
        deadlines=Deadlines(
            acknowledge_by=None if acknowledge is None else computed(acknowledge),
            respond_by=None if respond is None else computed(respond, round_days=round_days),
            extended_respond_by=None if extended is None else computed(extended)))
