"""How long a person waits: for the help, and for the app to answer; and what the app weighs."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from benchmarks.timing import RUNS, Spread, report

PROGRAM = [sys.executable, "-m", "optout"]
_LINK = re.compile(r"http://127\.0\.0\.1:\d+\S*")


def run() -> None:
    """Print both waits and the memory."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {name: value for name, value in os.environ.items()
                       if not name.startswith("OPTOUT_")} | {"OPTOUT_INSTANCE": f"{folder}/i"}
        helps = [_help(environment) for _ in range(2 * RUNS)][1:]
        bare = [_seconds([sys.executable, "-c", ""], environment) for _ in range(2 * RUNS)][1:]
        starts = [_serve(environment) for _ in range(RUNS + 1)][1:]
    report("Start", [
        ("optout --help, to exit", Spread(tuple(1000 * s for s in helps)), "ms"),
        ("an empty Python, to exit", Spread(tuple(1000 * s for s in bare)), "ms"),
        ("optout serve, to the first page", Spread(tuple(1000 * s for s, _ in starts)), "ms"),
        ("  memory then (resident)", Spread(tuple(size for _, size in starts)), "MiB"),
    ])


def _help(environment: dict[str, str]) -> float:
    script = Path(sys.executable).with_name("optout")
    command = [str(script)] if script.exists() else PROGRAM
    return _seconds([*command, "--help"], environment)


def _seconds(command: list[str], environment: dict[str, str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def _serve(environment: dict[str, str]) -> tuple[float, float]:
    """Seconds from the command to the first page that answers, and MiB resident then."""
    start = time.perf_counter()
    app = subprocess.Popen(
        [*PROGRAM, "serve", "--no-browser", "--port", "0"], env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        link = next(found for line in app.stdout or () if (found := _LINK.search(line)))
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        with browser.open(link.group(), timeout=30) as page:
            page.read()
        return time.perf_counter() - start, _resident_mib(app.pid)
    finally:
        app.send_signal(signal.SIGTERM)
        app.communicate(timeout=30)


def _resident_mib(process: int) -> float:
    """Where the system tells it (Linux); else 0."""
    status = Path(f"/proc/{process}/status")
    found = re.search(r"VmRSS:\s+(\d+)", status.read_text()) if status.exists() else None
    return int(found.group(1)) / 1024 if found else 0.0
