"""What an event calls for, as tests ask for it."""

from __future__ import annotations

from optout.domain.request import StatutoryDate
from optout.domain.words import Event, FollowUpKind
from optout.lifecycle.followups import Expectation, FollowUpSpec, called_for
from tests.lifecycle.builders import DAY, history, request_after

K = FollowUpKind
NOTHING_KNOWN = Expectation(can_look=False)


def after(
    *steps: Event | tuple[Event, int],
    rows: tuple[StatutoryDate, ...] = (),
    expect: Expectation = NOTHING_KNOWN,
    **changes: object,
) -> dict[FollowUpKind, FollowUpSpec]:
    """The first follow-up of each kind that the last step calls for."""
    events = history(*steps)
    specs = called_for(request_after(events, **changes), events[-1], rows, expect, events)
    return {spec.kind: spec for spec in reversed(specs)}


def days(spec: FollowUpSpec) -> int:
    return (spec.due_on - DAY).days
