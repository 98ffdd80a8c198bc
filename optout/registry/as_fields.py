"""A broker back as the raw fields of its entry: the inverse of reading."""

from __future__ import annotations

from dataclasses import MISSING, fields
from datetime import date
from typing import Any

from optout.domain.broker import Broker
from optout.registry.fields import BROKER
from optout.registry.kinds import Flags, Kind, ListOf, Record


def fields_of(broker: Broker) -> dict[str, Any]:
    """The fields of an entry that reads as this broker, as they stand in YAML.

    What is left out when reading gives the same (defaults) is left out here; `line` never
    stands in a file.
    """
    found: dict[str, Any] = {}
    for field in BROKER.fields:
        if field.name == "status":
            found["status"] = {"is": broker.status.value}
            if broker.since:
                found["status"]["since"] = broker.since.isoformat()
        elif field.required or getattr(broker, field.name) != _defaults(Broker).get(field.name):
            found[field.name] = raw_of(getattr(broker, field.name), field.kind)
    return found


def raw_of(value: Any, kind: Kind) -> Any:
    """A value of the domain as it stands in YAML, defaults left out."""
    if isinstance(kind, Record):
        defaults = _defaults(type(value))
        return {field.name: raw_of(getattr(value, field.name), field.kind) for field in kind.fields
                if field.required or getattr(value, field.name) != defaults.get(field.name)}
    if isinstance(kind, ListOf):
        return [raw_of(item, kind.kind) for item in value]
    if isinstance(kind, Flags):
        return dict(value)
    if isinstance(value, date):
        return value.isoformat()
    return getattr(value, "value", value)  # a word of the domain stands as its plain word


def _defaults(shape: Any) -> dict[str, Any]:
    return {one.name: one.default_factory() if one.default_factory is not MISSING else one.default
            for one in fields(shape)
            if one.default is not MISSING or one.default_factory is not MISSING}
