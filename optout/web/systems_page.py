"""The systems that agencies use, by kind: which way there is to ask, or why there is none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from optout.domain.broker import Broker
from optout.domain.words import BrokerStatus, Role
from optout.planning.government import is_draft_only
from optout.web.i18n import lazy as _

_SYSTEMS = frozenset({
    Role.GOVERNMENT_SYSTEM, Role.TOOL_VENDOR, Role.FACE_SEARCH, Role.PROCESSOR, Role.PRACTICE,
    Role.PUBLIC_RECORD_SOURCE})

_SOLD_TO_AGENCIES = ("sold_federal_government", "sold_state_government", "sold_law_enforcement")

_REST = "others"

KINDS: Mapping[str, str] = {
    "agencies": _("Files that agencies keep themselves"),
    "files": _("Files on people that agencies buy or look into"),
    "places": _("Where people, phones, cars and passengers are"),
    "bodies": _("Faces, fingerprints and cameras"),
    "phones": _("Tools that open phones"),
    "posts": _("Tools that read what people post"),
    "supervision": _("Electronic supervision"),
    "help": _("Programmes that protect"),
    _REST: _("Others"),
}
"""The groups of the page, in their order."""

_KIND_OF = {
    "government_records": "agencies", "case_management": "agencies", "forensics": "agencies",
    "transactions": "files", "credit_header": "files", "credit_bureau": "files",
    "specialty_report": "files", "phone_lookup": "files", "utilities": "files",
    "marketing": "files", "property_records": "files",
    "location": "places", "license_plates": "places", "travel": "places",
    "vehicle_data": "places",
    "face_search": "bodies", "biometrics": "bodies", "home_cameras": "bodies",
    "phone_forensics": "phones", "spyware": "phones", "social_media_tools": "posts",
    "supervision": "supervision", "protective_programs": "help",
}


class Route(StrEnum):
    """Which way there is to ask: a request, a draft for a lawyer, or none."""

    REQUEST = "request"
    DRAFT = "draft"
    NONE = "none"


def route_of(broker: Broker) -> Route:
    """Which way there is to ask."""
    if not broker.procedures or broker.status is BrokerStatus.DEFUNCT:
        return Route.NONE
    return Route.DRAFT if is_draft_only(broker) else Route.REQUEST


def sells_to_agencies(broker: Broker) -> bool:
    """Whether it told a state that it sold or shared data to the government or the police."""
    return any(broker.reported.get(flag, False) for flag in _SOLD_TO_AGENCIES)


def feeds(broker: Broker, registry: Mapping[str, Broker]) -> tuple[Broker, ...]:
    """What feeds it, or is fed by it, and can be asked with a request of one's own."""
    near = (registry[other] for other in broker.related if other in registry)
    return tuple(other for other in near if route_of(other) is Route.REQUEST)


@dataclass(frozen=True, slots=True)
class Line:
    """One system of the page.

    Args:
        feeds: what feeds it and can be asked.
    """

    broker: Broker
    route: Route
    feeds: tuple[Broker, ...]


def systems(registry: Mapping[str, Broker]) -> dict[str, list[Line]]:
    """Every system, by kind; the groups that are empty are left out.

    A system is what is not just a broker, what the registry tells how to help oneself against,
    and what those are fed by.
    """
    own = [b for b in registry.values() if b.helps or b.role in _SYSTEMS]
    fed = {other for broker in own for other in broker.related}
    chosen = {b.id for b in own} | fed
    return _by_kind(Line(b, route_of(b), feeds(b, registry))
                    for b in registry.values() if b.id in chosen)


def _by_kind(lines: Iterable[Line]) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {kind: [] for kind in KINDS}
    for line in lines:
        found[_KIND_OF.get(line.broker.category, _REST)].append(line)
    return {kind: sorted(group, key=lambda line: line.broker.name.casefold())
            for kind, group in found.items() if group}
