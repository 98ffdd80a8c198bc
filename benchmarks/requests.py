"""Requests written a second: through the plan, through the store, and the floor below both.

The floor is the standard library's `sqlite3.executemany` with the same rows into the same table,
with the same indexes and the same journal, unencrypted.
"""

from __future__ import annotations

import itertools
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from benchmarks.timing import Job, rates, report
from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.plan import Action
from optout.domain.reference import new_id
from optout.domain.request import Request
from optout.services import demo, people
from optout.services.desk import Desk, Library
from optout.services.instance import Instance
from optout.settings import Settings
from optout.store import requests as rows

COUNT = 5_000
TABLE = "request"


def run() -> None:
    """Print the three speeds."""
    with tempfile.TemporaryDirectory() as folder, desk_in(Path(folder)) as desk:
        person = people.add_person(desk, demo.sample_person(), actor=OWNER)
        made = [item.request for item in
                demo.create(desk, person.id, demo.actions(desk, person.id))]

        def someone() -> tuple[str, tuple[Action, ...]]:
            other = people.add_person(desk, demo.sample_person(), actor=OWNER)
            return other.id, demo.actions(desk, other.id)

        floor = Floor(desk, Path(folder) / "floor.db")
        store, raw = rates(COUNT, [
            Job(lambda fresh: _store(desk, fresh), lambda: many(made)),
            Job(floor.write, lambda: [as_row(one) for one in many(made)])])
        (whole,) = rates(len(made), [Job(lambda asked: demo.create(desk, *asked), someone)])
    report(f"Requests created ({COUNT:,} at once)", [
        ("sqlite3.executemany, the same rows, plain", raw, "a second"),
        ("the store, encrypted", store, "a second"),
    ], floor=0)
    report(f"Requests created ({len(made)} for one new person)",
           [("plan, gates, requests, audit rows", whole, "a second")])


@contextmanager
def desk_in(folder: Path) -> Iterator[Desk]:
    """An open data folder."""
    settings = Settings(instance=folder / "instance")
    instance = Instance(settings, HandClock(date(2026, 11, 23)), Library(settings))
    try:
        yield instance.create("a passphrase for measuring")
    finally:
        instance.lock()


def many(made: list[Request]) -> list[Request]:
    """`COUNT` new requests, like those that the demo makes."""
    return [replace(request, id=new_id("OPT", 10))
            for request in itertools.islice(itertools.cycle(made), COUNT)]


def _store(desk: Desk, fresh: list[Request]) -> None:
    with desk.store.writing() as session:
        rows.add_many(session, fresh)


class Floor:
    """A plain database with the same table and the same indexes."""

    def __init__(self, desk: Desk, path: Path) -> None:
        self.path = path
        with desk.store.reading() as session:
            ddl = [row[0] for row in session.execute(sa.text(
                "SELECT sql FROM sqlite_master WHERE tbl_name = :name AND sql IS NOT NULL"),
                {"name": TABLE})]
        with closing(sqlite3.connect(path)) as plain:
            plain.execute("PRAGMA journal_mode = WAL")
            for statement in ddl:
                plain.execute(statement)

    def write(self, data: list[tuple[Any, ...]]) -> None:
        """One statement, one transaction."""
        with closing(sqlite3.connect(self.path)) as plain, plain:
            plain.executemany(rows._bulk_insert()[0], data)  # noqa: SLF001 -- the store's own statement


def as_row(request: Request) -> tuple[Any, ...]:
    """A request as the store hands it to its driver."""
    return rows._tuple(request, rows._bulk_insert()[1])  # noqa: SLF001 -- the very rows of the store
