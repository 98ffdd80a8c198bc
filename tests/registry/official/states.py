"""Made files in the dress of the states, and how tests read them."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from optout.domain.broker import Broker
from optout.registry.as_fields import fields_of
from optout.registry.fields import BROKER
from optout.registry.kinds import Report
from optout.registry.official.changes import Outcome, compare
from optout.registry.official.filing import Filing
from optout.registry.official.reading import Reading, read_filings
from optout.registry.registry import Registry

TODAY = date(2026, 11, 23)
SAMPLES = Path(__file__).parents[2] / "samples" / "registry" / "official"
FACTS = Path(__file__).resolve().parents[3].parent / "shared" / "facts" / "registries"
EMPTY = Registry({}, TODAY)


def sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


def read(registry: str, data: bytes, *, year: int | None = None) -> Reading:
    return read_filings(registry, data, "list.csv", newest=TODAY.year, year=year)


def read_sample(registry: str, name: str) -> Reading:
    return read(registry, sample(name))


def by_name(reading: Reading) -> Mapping[str, Filing]:
    found = {filing.name: filing for filing in reading.filings}
    assert len(found) == len(reading.filings), "two filings of one name: look at them by row"
    return found


def reasons(reading: Reading) -> dict[int, str]:
    return {one.row: one.reason for one in reading.rejected}


def against(reading: Reading, registry: Registry = EMPTY) -> Outcome:
    return compare(reading, registry, TODAY)


def after(outcome: Outcome, registry: Registry = EMPTY) -> Registry:
    """The registry with an outcome laid over it; every changed entry must read."""
    brokers = dict(registry.brokers)
    for change in (*outcome.new, *outcome.changed):
        known = fields_of(brokers[change.id]) if change.id in brokers else {}
        fields = {**known, **change.fields}
        brokers[change.id] = broker(**{key: fields[key] for key in fields
                                       if fields[key] is not None})
    return Registry(brokers, registry.checked)


def broker(**fields: Any) -> Broker:
    """An entry of raw fields; what is not given is plain."""
    report = Report()
    name = fields.get("name", "Sample Data")
    whole = {"id": "sample", "name": name, "role": "broker", "category": "marketing",
             "status": {"is": "active"},
             "sources": [{"url": "https://example.com/list", "checked": "2026-01-31"}], **fields}
    made = BROKER.read(whole, (), report)
    assert not report.problems, report.problems
    assert isinstance(made, Broker)
    return made


def registry_of(*brokers: Broker) -> Registry:
    return Registry({one.id: one for one in brokers}, TODAY)


def as_csv(*rows: Sequence[str], encoding: str = "utf-8") -> bytes:
    made = io.StringIO(newline="")
    csv.writer(made).writerows(rows)
    return made.getvalue().encode(encoding)


def official(name: str) -> bytes:
    """An official file of the facts; without that folder the test is skipped, but never in CI."""
    import os

    if not FACTS.is_dir() and not os.environ.get("CI"):
        pytest.skip("the folder of facts is not here")
    return (FACTS / name).read_bytes()
