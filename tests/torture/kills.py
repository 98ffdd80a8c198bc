"""Kills at seeded random moments, each followed by a restart and a look at everything.

By hand, or as `make torture`: `python -m tests.torture.kills [NUMBER] [SEED]`.
"""

from __future__ import annotations

import contextlib
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.mail_server import Post, post
from tests.torture import inspection, works
from tests.torture.forge import Forge
from tests.torture.works import WORKS, Bench

TENTHS = 10
TOLD_EVERY = 10
"""Kills after which somebody who waits for two hundred hears of them."""


@dataclass
class Report:
    """What the kills met and what was wrong afterwards.

    Args:
        seed: with which the same moments are chosen again.
        kills: by work, how many processes were killed at work.
        moments: by work and tenth of it, how many were killed in it.
        early: how many had ended before their moment came.
        faults: what did not hold, in sentences.
        stopped: somebody stopped it before it was through.
    """

    seed: int
    kills: Counter[str] = field(default_factory=Counter)
    moments: Counter[tuple[str, int]] = field(default_factory=Counter)
    early: int = 0
    faults: list[str] = field(default_factory=list)
    stopped: bool = False

    def __str__(self) -> str:
        stopped = "stopped after " if self.stopped else ""
        lines = [(f"{stopped}{self.kills.total()} kills with seed {self.seed}; {self.early} "
                  f"processes had ended before their moment; {len(self.faults)} faults"),
                 f"  {'by tenth of the work':20} kills  " + " ".join(
                     f"{tenth + 1:3}" for tenth in range(TENTHS))]
        lines += [f"  {work:20} {number:5}  " + " ".join(
            f"{self.moments[work, tenth]:3}" for tenth in range(TENTHS))
            for work, number in self.kills.items()]
        return "\n".join([*lines, *self.faults])


@dataclass(frozen=True)
class Torture:
    """The prepared folders, and the process that makes processes.

    Args:
        place: with the prepared folders.
        forge: forks.
        lasting: by work, the fewest seconds that it took when nobody killed it.
        whole: by work, what there is in the end when nobody killed it.
    """

    place: Path
    forge: Forge
    lasting: dict[str, float] = field(default_factory=dict)
    whole: dict[str, Counter[str]] = field(default_factory=dict)

    def kill(self, work: str, report: Report, chance: random.Random) -> None:
        """Kill one process in the middle of a work, and look."""
        if work not in self.lasting:
            self.lasting[work] = self._measured(work)
        share = chance.random()
        with self._bench(work) as (bench, mails):
            done = self.forge.run(work, bench.folder, port=bench.port,
                                  after=share * self.lasting[work])
            if done.code:
                report.faults.append(f"{work}: it failed before it was killed")
            if done.killed:
                report.kills[work] += 1
                report.moments[work, min(int(share * TENTHS), TENTHS - 1)] += 1
            else:
                report.early += 1
                self.lasting[work] = min(self.lasting[work], done.seconds)
            report.faults += [f"{work} at {share:.3f}: {fault}"
                              for fault in inspection.faults(
                                  work, bench, mails, self.whole[work])]

    def _measured(self, work: str) -> float:
        """How long it takes when nobody kills it, and what there is then."""
        with self._bench(work) as (bench, _):
            done = self.forge.run(work, bench.folder, port=bench.port)
            assert done.code == 0, f"{work} fails by itself"
            self.whole[work] = inspection.finished(work, bench)
        return done.seconds

    @contextlib.contextmanager
    def _bench(self, work: str) -> Iterator[tuple[Bench, Post | None]]:
        """A copy of the folder that a work begins with, and a mail server if it needs one."""
        with (tempfile.TemporaryDirectory(dir=self.place) as folder,
              post() if WORKS[work].mails else contextlib.nullcontext() as mails):
            copy = Path(folder) / "copy"
            shutil.copytree(self.place / WORKS[work].start, copy)
            bench = Bench(copy, mails.port if mails else 0)
            try:
                yield bench, mails
            finally:
                bench.instance.lock()


@contextlib.contextmanager
def torture(place: Path) -> Iterator[Torture]:
    """Prepare everything; a folder is copied for each kill."""
    works.prepare(place)
    with Forge() as forge:
        yield Torture(place, forge)


def main() -> None:
    """Kill, tell the figures also when somebody stops it, and fail if anything did not hold."""
    number = int(sys.argv[1]) if sys.argv[1:] else 200
    seed = int(sys.argv[2]) if sys.argv[2:] else time.time_ns() % 1_000_000
    report, begun = Report(seed), time.monotonic()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        kill_many(report, number)
    except KeyboardInterrupt:
        report.stopped = True
    finally:
        sys.stdout.write(f"{report}\n  in {time.monotonic() - begun:.0f} s\n")
        sys.stdout.flush()
    sys.exit(bool(report.faults) or report.stopped)


def kill_many(report: Report, number: int) -> None:
    """Kill so many processes, one work after the other, at moments that follow from the seed."""
    chance = random.Random(report.seed)  # noqa: S311 -- no secret
    sys.stderr.write(f"{number} kills with seed {report.seed}\n")
    with tempfile.TemporaryDirectory() as place, torture(Path(place)) as here:
        order = list(WORKS)
        while report.kills.total() < number:
            killed = report.kills.total()
            here.kill(order[killed % len(order)], report, chance)
            if report.kills.total() > killed and not report.kills.total() % TOLD_EVERY:
                sys.stderr.write(f"{report.kills.total()} kills, {len(report.faults)} faults\n")


if __name__ == "__main__":
    main()
