"""The person's own corrections of a company beside what came with the program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from optout.domain.words import BrokerStatus, Channel
from optout.services import corrections
from optout.services.desk import Library
from optout.web.i18n import lazy
from optout.web.i18n import text as _
from optout.web.labels import label
from optout.web.registry_changes import contact_of

FIELDS: Mapping[str, str] = {
    "status": lazy("Is it still there?"),
    "domains": lazy("Web addresses"),
    "procedures": lazy("Ways out"),
    "notes": lazy("Note"),
    "name": lazy("Name"),
}


@dataclass(frozen=True, slots=True)
class OwnField:
    """One corrected field: what came with the program and what the person wrote, line by line."""

    name: str
    packaged: list[str]
    own: list[str]


@dataclass(frozen=True, slots=True)
class Own:
    """What stands in the person's own file about a company.

    Args:
        kind: `new`, `changed`, `conflict` or `taken_up`.
        fields: empty for a company that the person added.
    """

    kind: str
    fields: list[OwnField]


def own_part(library: Library, broker_id: str) -> Own | None:
    """The person's own part of an entry; None where everything came with the program."""
    if not library.overlay_file.is_file():
        return None
    for one in corrections.differences(library, broker_id):
        fields = [] if one.kind == "new" else [
            OwnField(str(FIELDS.get(field.field, field.field.replace("_", " "))),
                     _lines(field.field, field.packaged), _lines(field.field, field.own))
            for field in one.fields]
        return Own(one.kind, fields)
    return None


def _lines(name: str, value: Any) -> list[str]:
    if value is None:
        return [_("nothing")]
    if name == "status":
        return [label(BrokerStatus(value["is"]))]
    if name == "procedures":
        return [_way(way) for way in value]
    if isinstance(value, list):
        return [one if isinstance(one, str) else _pairs(one) for one in value]
    return [_pairs(value) if isinstance(value, dict) else str(value)]


def _way(way: Mapping[str, Any]) -> str:
    where = way.get(contact_of(way["channel"]), "")
    if isinstance(where, dict):
        where = ", ".join(str(part) for part in (
            *where.get("lines", []), *(v for k, v in where.items() if k != "lines")))
    words = f"{label(Channel(way['channel']))}: {where}"
    if way.get("check_by"):
        words = _("%(way)s; to be looked at again by %(day)s", way=words, day=way["check_by"])
    return words


def _pairs(value: Mapping[str, Any]) -> str:
    return ", ".join(f"{key}: {part}" for key, part in value.items())
