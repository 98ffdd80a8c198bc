"""Timings of several runs, and the lines that report them."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

RUNS = 5


@dataclass(frozen=True)
class Spread:
    """What several runs gave."""

    samples: tuple[float, ...]

    @property
    def median(self) -> float:
        """The run in the middle."""
        return statistics.median(self.samples)

    def text(self, unit: str) -> str:
        """Median, least and most, in a unit."""
        return (f"{self.median:>12,.1f} {unit:<10} "
                f"({min(self.samples):,.1f} .. {max(self.samples):,.1f})")


@dataclass(frozen=True)
class Job:
    """Work to be timed; what `prepare` makes is handed over outside the time."""

    do: Callable[[Any], object]
    prepare: Callable[[], Any] = lambda: None


def rates(count: int, jobs: Sequence[Job], runs: int = RUNS) -> list[Spread]:
    """How many a second each job does, where one call does `count`.

    The jobs take turns, so that a slow moment of the machine hits all of them; each is called
    once before, so that nobody pays for imports.
    """
    samples: list[list[float]] = [[] for _ in jobs]
    for _ in range(runs + 1):
        for taken, job in zip(samples, jobs, strict=True):
            prepared = job.prepare()
            start = time.perf_counter()
            job.do(prepared)
            taken.append(count / (time.perf_counter() - start))
    return [Spread(tuple(taken[1:])) for taken in samples]


def cpu(jobs: Sequence[Callable[[], Any]], runs: int = RUNS) -> list[Spread]:
    """Milliseconds of CPU, the jobs taking turns; of several rounds one before pays the imports."""
    before = int(runs > 1)
    samples: list[list[float]] = [[] for _ in jobs]
    for _ in range(runs + before):
        for taken, job in zip(samples, jobs, strict=True):
            start = time.process_time()
            job()
            taken.append(1000 * (time.process_time() - start))
    return [Spread(tuple(taken[before:])) for taken in samples]


def report(
    title: str, lines: Sequence[tuple[str, Spread, str]], *, floor: int | None = None
) -> None:
    """Print a block.

    Args:
        title: of the block.
        lines: what, how fast, in which unit.
        floor: position of the line that the others are compared with; None for no ratios.
    """
    print(f"\n{title}")
    base = lines[floor][1].median if floor is not None else None
    for place, (name, spread, unit) in enumerate(lines):
        ratio = f"  {spread.median / base:5.2f} of the floor" if (
            base is not None and place != floor) else ""
        print(f"  {name:<44}{spread.text(unit)}{ratio}")
