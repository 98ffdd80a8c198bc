"""Ten kills at seeded moments; `make torture` does two hundred."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator

import pytest

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
