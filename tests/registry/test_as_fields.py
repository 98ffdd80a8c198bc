"""Brokers back to fields: reading them gives the same broker, and nothing is said twice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from optout.domain.broker import Broker
from optout.registry.as_fields import fields_of
from optout.registry.fields import BROKER
from optout.registry.kinds import Report
from optout.registry.loading import load_registry
from optout.registry.writing import file_yaml
from tests.registry.sample import SHIPPED, SMALL


def _read(broker: Broker) -> Broker:
    report = Report()
    read: Broker = BROKER.read(fields_of(broker), (), report)
    assert report.problems == [], broker.id
    return read


@pytest.mark.parametrize("path", [SHIPPED, SMALL], ids=lambda path: path.stem)
def test_every_broker_reads_back_as_itself(path: Path) -> None:
    for broker in load_registry(path).all():
        assert _read(broker) == replace(broker, line=0)


def test_a_whole_registry_can_be_written_again(tmp_path: Path) -> None:
    before = load_registry(SMALL)
    (tmp_path / "again.yaml").write_text(file_yaml(map(fields_of, before.all())), "utf-8")
    after = load_registry(tmp_path / "again.yaml")
    assert ([replace(broker, line=0) for broker in after.all()]
            == [replace(broker, line=0) for broker in before.all()])


def test_defaults_and_the_line_are_left_out() -> None:
    for broker in load_registry(SHIPPED).all():
        fields = fields_of(broker)
        assert "line" not in fields
        assert fields.get("priority") != "normal"
        assert all("confidence" not in source or source["confidence"] != "medium"
                   for source in fields["sources"])
        assert all(way.get("verification") != ["none"] for way in fields.get("procedures", []))
        assert [] not in fields.values()
        assert {} not in fields.values()
        assert "" not in fields.values()
