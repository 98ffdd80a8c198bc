"""The life of a request on three axes (standing, claim, look), and the history it adds up from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from optout.domain.errors import ForbiddenEvent, InvalidInput, UnknownEvent
from optout.domain.outcome_words import Claim, LookResult
from optout.domain.request import RequestEvent
from optout.domain.words import Event, Standing
from optout.lifecycle.table import ASKS_ANEW, CLAIMS, LOOKS, TRANSITIONS

_CLAIMLESS = frozenset({Standing.DRAFT, Standing.READY, Standing.SENT, Standing.UNDELIVERED})


@dataclass(frozen=True, slots=True)
class Life:
    """Where a request stands, what the broker says, and what the last look showed.

    The three are kept apart on purpose: a broker's word is never a sight, and neither of them
    says where the request stands.

    Raises:
        InvalidInput: for a combination that cannot be true, naming the axis.
    """

    standing: Standing = Standing.DRAFT
    claim: Claim | None = None
    claim_words: str = ""
    last_look: LookResult | None = None
    last_look_on: date | None = None

    def __post_init__(self) -> None:
        if self.claim is not None and self.standing in _CLAIMLESS:
            raise InvalidInput(
                f"A request that is “{self.standing}” cannot carry a claim: nothing came back.",
                field="claim")
        if self.standing is Standing.ANSWERED and self.claim is None:
            raise InvalidInput("A request is answered only by a claim.", field="claim")
        if self.claim_words and self.claim is None:
            raise InvalidInput("There are words of a claim, but no claim.", field="claim_words")
        if (self.last_look is None) != (self.last_look_on is None):
            raise InvalidInput("A look has a result and a day, or neither.", field="last_look")


def parse_event(text: str) -> Event:
    """The event of that name; spaces and hyphens are forgiven.

    Raises:
        UnknownEvent: naming every event there is.
    """
    try:
        return Event(text.strip().lower().replace("-", "_").replace(" ", "_"))
    except ValueError:
        raise UnknownEvent("There is no event of that name.",
                           remedy=f"The events are: {', '.join(Event)}.") from None


def allowed(life: Life) -> tuple[Event, ...]:
    """The events that the table allows now, in the order of the vocabulary, without `undo`."""
    return tuple(event for event in Event if (life.standing, event) in TRANSITIONS)


def advance(life: Life, event: Event, on: date, words: str = "") -> Life:
    """The life after one event.

    Args:
        life: the life before.
        event: what happened.
        on: the day on which it happened; a look keeps it.
        words: for a claim, the words that it rests on; otherwise unused.

    Raises:
        ForbiddenEvent: when the standing does not allow it; names the allowed events. Also for
            `undo`, which needs the history (see `step`).
    """
    target = TRANSITIONS.get((life.standing, event))
    if target is None:
        raise _forbidden(life, event, allowed(life))
    if event in CLAIMS:
        return replace(life, standing=target, claim=CLAIMS[event], claim_words=words)
    if event in LOOKS:
        return replace(life, standing=target, last_look=LOOKS[event], last_look_on=on)
    if event in ASKS_ANEW:
        return replace(life, standing=target, claim=None, claim_words="")
    return replace(life, standing=target)


def _forbidden(life: Life, event: Event, possible: tuple[Event, ...]) -> ForbiddenEvent:
    """The error for an event that is not possible now, naming those that are."""
    names = ", ".join(possible)
    return ForbiddenEvent(
        f"“{event}” is not possible while the request is “{life.standing}”.",
        allowed=possible,
        remedy=f"Possible now: {names}." if names else "Nothing more can happen to it.")


def effective(events: Sequence[RequestEvent]) -> tuple[RequestEvent, ...]:
    """The events that still count, in order.

    Every `undo` takes back the latest event that was not undone before: a second one takes
    back the one before it. Undone events and the undoing stay in the history as its trace.
    """
    counting: list[RequestEvent] = []
    for event in sorted(events, key=lambda e: e.seq):
        if event.event is not Event.UNDO:
            counting.append(event)
        elif counting:
            counting.pop()
    return tuple(counting)


def replay(events: Sequence[RequestEvent]) -> Life:
    """The life that a history adds up to; it equals what is stored.

    Raises:
        ForbiddenEvent: when the history holds a step that the table does not allow.
    """
    life = Life()
    for event in effective(events):
        life = advance(life, event.event, event.on, event.detail)
    return life


def undo_target(events: Sequence[RequestEvent]) -> RequestEvent | None:
    """The event that an `undo` would take back now; None when nothing is left to undo."""
    counting = effective(events)
    return counting[-1] if counting else None


def possible(events: Sequence[RequestEvent]) -> tuple[Event, ...]:
    """The events that are possible after this history, `undo` last where it can be done."""
    steps = allowed(replay(events))
    return (*steps, Event.UNDO) if undo_target(events) else steps


def step(events: Sequence[RequestEvent], event: Event, on: date, words: str = "") -> Life:
    """The life after one more event, `undo` included.

    Raises:
        ForbiddenEvent: when it is not possible now; names the events that are.
    """
    life = replay(events)
    if event not in possible(events):
        raise _forbidden(life, event, possible(events))
    if event is Event.UNDO:
        return replay(effective(events)[:-1])
    return advance(life, event, on, words)
