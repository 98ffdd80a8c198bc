"""Run every benchmark and print what it measured; nothing is kept."""

from __future__ import annotations

import os
import platform

from benchmarks import law, letters, plan, registry, requests, start
from benchmarks.timing import RUNS


def main() -> None:
    """Print all blocks: median of several runs, with the least and the most."""
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, "
          f"{os.cpu_count()} cores; medians of {RUNS} runs (least .. most)")
    letters.run()
    registry.run()
    law.run()
    plan.run()
    requests.run()
    start.run()


if __name__ == "__main__":
    main()
