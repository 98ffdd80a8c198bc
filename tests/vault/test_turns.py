"""Whoever changes a file waits until the other process is done, or dead."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from optout.vault.turns import in_turn

HOLDER = """
import sys, time
from pathlib import Path
from optout.vault.turns import in_turn
with in_turn(Path(sys.argv[1])):
    print("mine", flush=True)
    time.sleep(60)
"""


@pytest.mark.skipif(os.name == "nt", reason="there an empty file stays")
def test_nothing_is_left_behind(tmp_path: Path) -> None:
    with in_turn(tmp_path):
        assert list(tmp_path.iterdir()) == []
    with in_turn(tmp_path):
        pass


def test_a_turn_ends_with_an_error(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), in_turn(tmp_path):
        _ = 1 / 0
    with in_turn(tmp_path):
        pass


def test_a_process_that_is_killed_gives_its_turn_back(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path)],
                          stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "mine\n"
        with subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path)],
                              stdout=subprocess.PIPE, text=True) as waiter:
            time.sleep(0.5)
            assert waiter.poll() is None
            holder.kill()
            assert waiter.stdout is not None
            assert waiter.stdout.readline() == "mine\n"
            waiter.kill()
