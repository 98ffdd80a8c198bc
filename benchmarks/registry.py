"""The registry at its size and at ten times it, against plain PyYAML reading the same file.

The floor parses the YAML with libyaml (`CSafeLoader`) and does nothing else: it checks no field,
makes no value, finds no broker. Each figure is CPU time of this process. Memory is what lives after
the work, counted in a process of its own.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.timing import RUNS, Spread, cpu, report
from optout.registry import cache
from optout.registry.loading import load_registry
from optout.registry.registry import Registry
from optout.settings import resource

TIMES = 10
WORDS = ("spokeo", "lexisnexus", "true people search", "experian marketing solutons",
         "https://www.acxiom.com/optout", "data", "qxzjvkwq")
"""A name, typing errors, several words, a link, a word of hundreds of entries, and nonsense."""

_ENTRY = re.compile(r"^- id: ", re.MULTILINE)


def run() -> None:
    """Print both sizes."""
    packaged = resource("brokers.yaml")
    _measure("The registry", packaged, RUNS)
    with tempfile.TemporaryDirectory() as folder:
        many = Path(folder) / "brokers.yaml"
        many.write_text(_grown(packaged.read_text("utf-8"), TIMES), "utf-8")
        _measure(f"The registry, {TIMES} times", many, 1)


def _measure(title: str, file: Path, runs: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        kept = folder / cache.FILE_NAME

        def cold() -> Registry:
            kept.unlink(missing_ok=True)
            return load_registry(file, cache_folder=folder)

        jobs: list[Callable[[], Any]] = [
            lambda: _plain(file), cold, lambda: load_registry(file, cache_folder=folder)]
        floor, first, second = cpu(jobs, runs)
        registry = load_registry(file, cache_folder=folder)
        registry.search("so that the words are laid out")
        searches = _searches(registry)
        matches = Spread(tuple(_match(registry) for _ in range(RUNS)))
        memory = [Spread((_resident(script, file, folder),)) for script in (_FLOOR, _OURS)]
    report(f"{title} ({len(registry):,} entries, {file.stat().st_size / 2**20:.1f} MiB of YAML)", [
        ("PyYAML CSafeLoader, nothing else", floor, "ms CPU"),
        ("first load: read, check, keep", first, "ms CPU"),
        ("second load, from the cache", second, "ms CPU"),
    ], floor=0)
    report(f"{title}: memory beyond an empty Python that imported the same", [
        ("what PyYAML makes of the file", memory[0], "MiB"),
        ("our registry, ready to search", memory[1], "MiB"),
    ], floor=0)
    report(f"{title}: one search", [
        *((f"“{words}”", spread, "ms CPU") for words, spread in zip(WORDS, searches, strict=True)),
        ("a link matched with its broker", matches, "µs CPU")])


def _searches(registry: Registry) -> list[Spread]:
    def asked(words: str) -> Callable[[], Any]:
        return lambda: registry.search(words)

    return cpu([asked(words) for words in WORDS], RUNS)


def _match(registry: Registry, count: int = 1000) -> float:
    registry.match("https://www.example.com/")
    start = time.process_time()
    for number in range(count):
        registry.match(f"https://page-{number}.spokeo.com/a/b")
    return 1_000_000 * (time.process_time() - start) / count


def _plain(file: Path) -> Any:
    import yaml

    with file.open("rb") as stream:
        return yaml.load(stream, Loader=yaml.CSafeLoader)


def _grown(text: str, times: int) -> str:
    """The same entries several times over, each time under other ids and domains."""
    head, entries, tail = _parts(text)
    return head + "".join(_renamed(entries, number) for number in range(times)) + tail


def _parts(text: str) -> tuple[str, str, str]:
    start = next(_ENTRY.finditer(text)).start()
    end = text.rindex("\nend: true") + 1
    return text[:start], text[start:end], text[end:]


def _renamed(entries: str, number: int) -> str:
    if not number:
        return entries
    ids = set(re.findall(r"^- id: ([a-z0-9-]+)", entries, re.MULTILINE))
    known = re.compile(r"(\bid: |[\[ ])([a-z0-9]+(?:-[a-z0-9]+)*)(?=[,\]\n}])")

    def other(found: re.Match[str]) -> str:
        lead, id_ = found.groups()
        return f"{lead}{id_}-x{number}" if id_ in ids and lead == "id: " else found.group()

    renamed = known.sub(other, entries)
    renamed = re.sub(r"^  related: .*\n(?:    .*\n)*", "", renamed, flags=re.MULTILINE)
    return re.sub(r"(?<=[\[ ])([a-z0-9.-]+\.[a-z]{2,})(?=[,\]])", rf"x{number}.\1", renamed)


_FLOOR = """
import yaml
def work(file, folder):
    with open(file, "rb") as stream:
        return yaml.load(stream, Loader=yaml.CSafeLoader)
"""
_OURS = """
from pathlib import Path
import msgspec, rapidfuzz.fuzz, rapidfuzz.process
from optout.registry.loading import load_registry
def work(file, folder):
    made = load_registry(Path(file), cache_folder=Path(folder))
    made.search("example")
    return made
"""
_WEIGH = """
import gc, re, sys
from pathlib import Path
def resident():
    gc.collect()
    status = Path("/proc/self/status")
    text = status.read_text() if status.exists() else ""
    found = re.search(r"VmRSS:\\s+(\\d+)", text)
    return int(found.group(1)) / 1024 if found else 0.0
before = resident()
made = work(*sys.argv[1:])
print(resident() - before)
"""


def _resident(script: str, file: Path, folder: Path) -> float:
    """MiB that stay resident, where the system tells it (Linux); else 0."""
    done = subprocess.run([sys.executable, "-c", script + _WEIGH, str(file), str(folder)],
                          check=True, capture_output=True, text=True)
    return float(done.stdout)
