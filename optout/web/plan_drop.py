"""The card of a state’s platform: what it covers, what it leaves, and its own clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from optout.domain.broker import Broker
from optout.domain.person import Person
from optout.domain.plan import Action
from optout.domain.request import Request
from optout.domain.words import ActionKind
from optout.planning.coverage import PLATFORMS, is_open_to, reached_by
from optout.services.glance import Glance


@dataclass(frozen=True, slots=True)
class DropCard:
    """What the first card of a Californian shows.

    Args:
        platform: the entry, with the steps and the numbers of its clock.
        action: the step of today’s plan; None once it was asked.
        request: the newest request to it; None before.
        look_on: the day on which to look at its report; None while nothing was sent.
        reaches: how many brokers it reaches in all.
        covered: ids of the wanted brokers that it reaches.
        alone: those of them that get no request of their own.
        outside: ids of the wanted brokers that it does not reach.
    """

    platform: Broker
    action: Action | None
    request: Request | None
    look_on: date | None
    reaches: int
    covered: tuple[str, ...]
    alone: tuple[str, ...]
    outside: tuple[str, ...]

    @property
    def expected_days(self) -> int | None:
        """Within how many days its report is promised; None where nothing is known."""
        return next((way.expected_days for way in self.platform.procedures), None)

    @property
    def status_page(self) -> str:
        """Where it shows what became of the request."""
        return next((way.url for way in self.platform.procedures if way.url), "")


def drop_card(
    person: Person, registry: Mapping[str, Broker], day: date, *, wanted: Sequence[str],
    actions: Sequence[Action], seen: Glance,
) -> DropCard | None:
    """The card, where a platform is open to the person and is planned or was asked."""
    for platform in PLATFORMS:
        broker = registry.get(platform.broker)
        if broker is None or not is_open_to(platform, person, day):
            continue
        action = next((a for a in actions if a.broker.id == broker.id), None)
        request = next((one for one in reversed(seen.standing) if one.broker_id == broker.id),
                       None)
        if action is not None or request is not None:
            reach = frozenset(reached_by(platform, registry, day))
            apart = _asked_apart(actions, seen)
            covered = tuple(i for i in wanted if i in reach)
            return DropCard(
                broker, action, request, seen.reports.get(request.id) if request else None,
                len(reach), covered,
                tuple(i for i in covered if i not in apart),
                tuple(i for i in wanted if i not in reach and i != broker.id))
    return None


def _asked_apart(actions: Sequence[Action], seen: Glance) -> frozenset[str]:
    """The brokers that have, or get, a step of their own beside the platform."""
    planned = {i for a in actions if a.kind is not ActionKind.PLATFORM for i in a.covers}
    platforms = {platform.broker for platform in PLATFORMS}
    asked = {i for one in seen.standing if one.broker_id not in platforms
             for i in (one.broker_id, *one.covers)}
    return frozenset(planned | asked)
