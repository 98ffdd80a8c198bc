"""Random lives of many requests over five years, against a tracker of two hundred lines.

More of them, as `make torture` wants: `OPTOUT_TORTURE=1`.
"""

from __future__ import annotations

import os
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.words import FollowUpKind
from optout.services import marking, people
from optout.services.desk import Desk
from optout.services.returns import Returns
from tests.clocks import SetClock
from tests.conftest import MONDAY
from tests.factories import new_yorker, virginian
from tests.services.conftest import PASSPHRASE
from tests.services.marked import made, mark, waiting
from tests.services.tracker_machine import Tracker, process, registry

ENOUGH = 60
"""Different moves of requests in all lives together, of some two hundred that there are."""

TORTURE = bool(os.environ.get("OPTOUT_TORTURE"))
LIVES, STEPS = (140, 10) if TORTURE else (7, 6)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A locked folder with two people, to be copied for every life."""
    folder = tmp_path_factory.mktemp("tracker")
    brokers = registry(folder)
    made = folder / "instance"
    instance = process(made, brokers, SetClock(MONDAY))
    desk = instance.create(PASSPHRASE)
    for person in (virginian(), new_yorker()):
        people.add_person(desk, person, actor=OWNER)
    instance.lock()
    return folder


@pytest.fixture(autouse=True)
def _nothing_learned(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a broker’s returns teach of its interval has tests of its own."""
    monkeypatch.setattr(marking, "returns_at", lambda *_: Returns())


def test_random_lives_agree_with_a_small_model(
    prepared: Path, capsys: pytest.CaptureFixture[str],
) -> None:
    from hypothesis.stateful import run_state_machine_as_test

    class Here(Tracker):
        pass

    Here.prepared, Here.moves = prepared, set()
    run: Any = run_state_machine_as_test
    begun = time.monotonic()
    run(Here, settings=settings(
        max_examples=LIVES, stateful_step_count=STEPS, deadline=None, database=None,
        derandomize=not TORTURE, suppress_health_check=list(HealthCheck),
        # CI has no minutes to look for the shortest life that fails: `make torture` does.
        phases=list(Phase) if TORTURE else [Phase.generate]))
    if TORTURE:
        with capsys.disabled():
            sys.stdout.write(f"\n{LIVES} lives of up to {STEPS} stretches: {len(Here.moves)} "
                             f"different moves in {time.monotonic() - begun:.0f} s\n")
    assert len(Here.moves) > ENOUGH, "these lives are too short to show anything"


def test_an_appeal_that_was_taken_back_is_waited_for_no_more(desk: Desk, clock: HandClock) -> None:
    """Found by the small model: an extension after it spoke of the answer to that appeal."""
    person = people.add_person(desk, virginian(), actor=OWNER)
    request_id = made(desk, person)
    for event in ("mark_sent", "remind", "appeal", "undo", "extend"):
        clock.forward(days=2)
        file = mark(desk, request_id, event)
    sent = MONDAY + timedelta(days=2)
    assert waiting(file)[FollowUpKind.EXTENSION_DUE] == [sent + timedelta(days=90)]
    assert FollowUpKind.APPEAL_ANSWER_DUE not in waiting(file)


def test_the_model_stands_alone() -> None:
    for name in ("tracker_model.py", "virginia.py"):
        assert "optout" not in Path(__file__).with_name(name).read_text("utf-8")
