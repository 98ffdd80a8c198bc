"""What one process does, no other does, until it is done or dead."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from optout.vault.marks import hold, holder

KEEPER = """
import sys, time
from pathlib import Path
from optout.vault.marks import hold
held = hold(Path(sys.argv[1]), "it is me")
print(bool(held), flush=True)
time.sleep(60)
"""


def test_a_mark_is_held_by_one_and_dies_with_its_holder(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    assert holder(mark) is None
    with subprocess.Popen([sys.executable, "-c", KEEPER, str(mark)],
                          stdout=subprocess.PIPE, text=True) as keeper:
        assert keeper.stdout is not None
        assert keeper.stdout.readline() == "True\n"
        assert hold(mark) is None
        assert holder(mark) == "it is me"
        keeper.kill()
    assert holder(mark) is None
    with hold(mark, "me") or pytest.fail("it is free"):
        assert (holder(mark), hold(mark)) == ("me", None)
    assert mark.read_bytes() == b""
    assert os.name == "nt" or mark.stat().st_mode & 0o777 == 0o600


def test_whoever_holds_a_mark_may_note_more_on_it(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    with hold(mark, "a long note") or pytest.fail("it is free") as held:
        held.note("short")
        assert holder(mark) == "short"
    held.note("too late")
    assert mark.read_bytes() == b""


def test_a_mark_is_let_go_once(tmp_path: Path) -> None:
    held = hold(tmp_path / "mark")
    assert held
    held.let_go()
    again = hold(tmp_path / "mark")
    assert again
    held.let_go()
    assert hold(tmp_path / "mark") is None
    again.let_go()


@pytest.mark.skipif(os.name == "nt", reason="there every disk knows locks")
@pytest.mark.parametrize(("number", "free"), [(errno.ENOLCK, True), (errno.EWOULDBLOCK, False)])
def test_a_disk_without_locks_lets_everyone_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, *, free: bool
) -> None:
    def refused(*_: object) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr("fcntl.flock", refused)
    assert (hold(tmp_path / "mark") is not None) is free


def test_a_disk_that_is_full_keeps_no_mark_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as broken:
        broken.setattr(os, "write", full)
        with pytest.raises(OSError, match="full"):
            hold(tmp_path / "mark")
    held = hold(tmp_path / "mark")
    assert held
    monkeypatch.setattr(os, "ftruncate", full)
    held.let_go()
    monkeypatch.undo()
    assert hold(tmp_path / "mark")
