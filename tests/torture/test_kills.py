"""Ten kills at seeded moments; `make torture` does two hundred."""

from __future__ import annotations

import os
import random
import signal
import sys
from collections.abc import Iterator

import pytest

from tests.torture import kills
from tests.torture.kills import Report, Torture, torture
from tests.torture.works import WORKS

SEED = 7
KILLS = (*WORKS, "sweep")

pytestmark = [pytest.mark.slow,
              pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL there")]


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Torture]:
    with torture(tmp_path_factory.mktemp("torture")) as made:
        yield made


@pytest.mark.parametrize(("number", "work"), [*enumerate(KILLS)])
def test_a_kill_loses_nothing_and_doubles_nothing(here: Torture, number: int, work: str) -> None:
    report, chance = Report(SEED), random.Random(SEED + number)  # noqa: S311 -- no secret
    while not report.kills:
        here.kill(work, report, chance)
    assert report.faults == [], str(report)


def test_the_figures_are_told_also_when_somebody_stops_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    def stopped(report: Report, number: int) -> None:
        assert number == 9
        report.kills["sweep"] += 1
        report.moments["sweep", 3] += 1
        raise KeyboardInterrupt

    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.setattr(sys, "argv", ["kills", "9", "7"])
    monkeypatch.setattr(kills, "kill_many", stopped)
    with pytest.raises(SystemExit) as end:
        kills.main()
    assert end.value.code
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith("stopped after 1 kills with seed 7; ")
    assert told[2].split() == ["sweep", "1", *"0001000000"]
