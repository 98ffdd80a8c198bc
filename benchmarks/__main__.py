"""Run every benchmark, or those named, and print what they measured; nothing is kept."""

from __future__ import annotations

import os
import platform
import sys

from benchmarks import batch, law, letters, plan, registry, requests, start
from benchmarks.timing import RUNS

ALL = {"letters": letters, "registry": registry, "law": law, "plan": plan,
       "requests": requests, "batch": batch, "start": start}


def main(names: list[str]) -> int:
    """Print the blocks: median of several runs, with the least and the most."""
    if unknown := set(names) - set(ALL):
        print(f"There is no benchmark {', '.join(sorted(unknown))}; there are: {', '.join(ALL)}.")
        return 2
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, "
          f"{os.cpu_count()} cores; medians of {RUNS} runs (least .. most)")
    for name in names or ALL:
        ALL[name].run()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
