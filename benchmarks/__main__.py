"""Run every benchmark, or those named, and print what they measured; nothing is kept."""

from __future__ import annotations

import os
import platform
import sys

from benchmarks import batch, law, letters, plan, registry, requests, start, tracker
from benchmarks.timing import RUNS

ALL = {"letters": letters, "registry": registry, "law": law, "plan": plan,
       "requests": requests, "batch": batch, "start": start,
       "tracker": tracker}


FULL = "--full"
"""For the tracker: a million requests instead of a hundred thousand."""


def main(arguments: list[str]) -> int:
    """Print the blocks: median of several runs, with the least and the most."""
    names = [argument for argument in arguments if argument != FULL]
    if unknown := set(names) - set(ALL):
        print(f"There is no benchmark {', '.join(sorted(unknown))}; there are: {', '.join(ALL)}.")
        return 2
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, "
          f"{os.cpu_count()} cores; medians of {RUNS} runs (least .. most)")
    for name in names or ALL:
        if name == "tracker" and FULL in arguments:
            tracker.run_full()
        else:
            ALL[name].run()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
