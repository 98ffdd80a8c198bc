"""The law asked about every broker of the registry, and all laws read.

The floor of the first makes the same values out of the same fields, and does nothing else: it
knows the answer before it is asked. The floor of the second parses the same files with libyaml
(PyYAML's `CSafeLoader`): it checks no field and makes no law.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from benchmarks.timing import Job, rates, report
from optout.domain.broker import Broker
from optout.domain.footing import Applicable, Footing, Withheld
from optout.law.applicable import applicable
from optout.law.model import LawBook
from optout.law.reading import read_laws
from optout.services.desk import Library
from optout.services.law_files import law_paths, parsed_laws
from optout.settings import Settings

DAY = date(2026, 11, 27)
PLACES = ("US-CA", "US-TX", "US-NY", "DE")
"""A state with a platform, one with a law, one without, and a country of the Union."""

_Answer = tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]


def run() -> None:
    """Print both."""
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Settings(instance=Path(folder) / "none"))
        brokers, book = list(library.registry.brokers.values()), library.laws
    for place in PLACES:
        _ask(book, place, brokers)
    _read()


def _ask(book: LawBook, place: str, brokers: Sequence[Broker]) -> None:
    known = [_taken_apart(applicable(book, [place], broker, DAY)) for broker in brokers]
    floor, ours = rates(len(brokers), [
        Job(lambda _: [_made(*answer) for answer in known]),
        Job(lambda _: [applicable(book, [place], broker, DAY) for broker in brokers])])
    rights = sum(len(offered) for offered, _ in known) / len(brokers)
    report(f"The law of {place} asked about {len(brokers):,} brokers "
           f"({rights:.1f} rights against each)", [
               ("the same values out of known fields", floor, "a second"),
               ("applicable", ours, "a second")], floor=0)


def _read() -> None:
    files = law_paths()
    floor, ours = rates(len(files), [
        Job(lambda _: [yaml.load(file.read_bytes(), yaml.CSafeLoader) for file in files]),
        Job(lambda _: read_laws(parsed_laws()))])
    report(f"The laws ({len(files)} files)", [
        ("PyYAML CSafeLoader, nothing else", floor, "files a second"),
        ("read and checked", ours, "files a second")], floor=0)


def _taken_apart(answer: Applicable) -> _Answer:
    return [_fields(one) for one in answer.offered], [_fields(one) for one in answer.withheld]


def _fields(value: Footing | Withheld) -> tuple[Any, ...]:
    return tuple(getattr(value, field.name) for field in fields(value))


def _made(offered: Sequence[tuple[Any, ...]], withheld: Sequence[tuple[Any, ...]]) -> Applicable:
    return Applicable(tuple(Footing(*one) for one in offered),
                      tuple(Withheld(*one) for one in withheld))
