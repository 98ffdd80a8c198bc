"""Starts processes that work, and kills them with SIGKILL in the middle of it.

A process of its own that has everything imported forks for each piece of work: a kill costs a
tenth of a second, and meets the work, never the start of Python. It is spoken to by lines of JSON.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

BEGUN, ENDED = b"b", b"e"


@dataclass(frozen=True)
class Killed:
    """What became of one process.

    Args:
        killed: it was killed; else it had ended before.
        seconds: that it had worked until then.
        code: with which it ended by itself; 0 where it was killed.
    """

    killed: bool
    seconds: float
    code: int = 0


class Forge:
    """The process that forks the others."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.torture.forge"], text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            start_new_session=True)  # a Ctrl+C is for the one that tells the figures
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def run(self, work: str, folder: Path, *, port: int = 0, after: float | None = None) -> Killed:
        """Let a process work.

        Args:
            work: which; see `works.WORKS`.
            folder: on what.
            port: of the mail server.
            after: kill it after so many seconds of work; None lets it end.
        """
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(
            {"work": work, "folder": str(folder), "port": port, "after": after}) + "\n")
        self._process.stdin.flush()
        try:
            answer = self._process.stdout.readline()
        except KeyboardInterrupt:
            self._process.stdout.readline()  # nobody works any more when the folder is removed
            raise
        return Killed(**json.loads(answer))


def main() -> None:
    """Fork for each line."""
    from tests.law.samples import book
    from tests.torture import works

    assert works.WORKS
    book()  # once, before anything forks
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_forked(json.loads(line))) + "\n")
        sys.stdout.flush()


def _forked(order: dict[str, Any]) -> dict[str, Any]:
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _work(order, writer)
    os.close(writer)
    begun = os.read(reader, 1) == BEGUN
    start = time.monotonic()
    if begun and order["after"] is not None:
        time.sleep(order["after"])
        os.kill(child, signal.SIGKILL)  # one that ended waits for us: its number is its own
    ended = os.read(reader, 1) == ENDED
    seconds = time.monotonic() - start
    os.close(reader)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    return {"killed": not ended and code == -signal.SIGKILL, "seconds": seconds,
            "code": 0 if code == -signal.SIGKILL else code}


def _work(order: dict[str, Any], writer: int) -> None:
    """What the child does; it never returns."""
    from tests.torture import works

    try:
        os.dup2(2, 1)  # what it prints is no answer
        bench = works.Bench(Path(order["folder"]), order["port"])
        work = works.WORKS[order["work"]]
        works.ready(bench, work)
        os.write(writer, BEGUN)
        work.do(bench)
        os.write(writer, ENDED)
        os._exit(0)
    except BaseException:  # noqa: BLE001 -- it must not live on as a second forge
        import traceback

        traceback.print_exc()
        os._exit(1)


if __name__ == "__main__":
    main()
