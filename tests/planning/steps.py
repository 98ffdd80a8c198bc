"""Steps of a plan made by hand, for the tests of order and pace."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from optout.domain.broker import Broker
from optout.domain.footing import VOLUNTARY
from optout.domain.gate import Gate
from optout.domain.plan import Action, MissingNeed
from optout.domain.words import ActionKind, Channel, Fact, GateLevel
from tests.planning.builders import broker, procedure

NO_LINK = (MissingNeed(Fact.LISTING_URL, "Look for your listing there."),)
HOLDS = (Gate("new-fact-to-broker", GateLevel.CONFIRM, "May they have it?", "They lack it."),)


def step(id_: str = "finder", minutes: int = 5, *, kind: ActionKind = ActionKind.REQUEST,
         channel: Channel = Channel.WEB_FORM, expected_days: int | None = None,
         serves: tuple[str, ...] = (), at: Broker | None = None, needs: tuple[Fact, ...] = (),
         changes: dict[str, Any] | None = None, **about: Any) -> Action:
    """One step; `about` describes its broker, `changes` the step itself."""
    recipient = replace(at or broker(id_), **about)
    made = Action(
        kind=kind, broker=recipient, covers=(recipient.id, *serves), channel=channel,
        procedure=procedure(channel, *needs, expected_days=expected_days),
        footings=(VOLUNTARY,), minutes=minutes)
    return replace(made, **(changes or {}))
