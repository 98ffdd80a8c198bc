"""What a hundred times the data costs: the sweep, today's list, and every page that shows it.

Two data folders are filled (see `tracker_fill`), and each thing is measured in both, taking
turns. What is due is the same number in both; so the promise is that nothing becomes slower by
more than half, up to a hundred times the data (`--full`). The due query is also measured against
the same SQL in the standard library's `sqlite3`, on a plain copy of the same rows with the same
indexes.
"""

from __future__ import annotations

import re
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from benchmarks import tracker_steps
from benchmarks.timing import RUNS, Spread
from benchmarks.tracker_fill import LIVES, TODAY, Size, fill, start_day
from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.words import FollowUpState
from optout.services import feed as feeds
from optout.services import followups, sweep
from optout.services.desk import Desk, Library
from optout.services.instance import Instance
from optout.settings import Settings
from optout.store import followups as rows
from optout.store.models import FollowUpRow
from optout.vault.keyfile import CHEAP
from optout.web.app import create_app, start_path

DUE = 200
SMALL, LARGE, FULL = Size(100, DUE), Size(1_000, DUE), Size(10_000, DUE)
"""A person has a hundred requests: 10,000 and 100,000, and in full 10,000 and 1,000,000.

With fewer people than one page of a list has room for, the smaller one would also show less.
"""

PROMISE = 1.5
"""How many times slower a hundred times the data may be."""

GOOD = 200
NEXT_MONTH = TODAY.replace(day=1) + timedelta(days=32)

WARM = 2
"""Runs before those that count: templates are compiled, pages of the file are read."""

_TASKS = cast("sa.Table", FollowUpRow.__table__)
Act = Callable[[], object]


@dataclass(frozen=True)
class Place:
    """One filled data folder with its app, and what is looked at in it."""

    desk: Desk
    app: Flask
    client: FlaskClient
    person_id: str
    request_id: str
    broker_id: str
    family_name: str
    due: int
    token: str

    @property
    def origin(self) -> str:
        """Where a browser thinks that it is."""
        return f"http://127.0.0.1:{self.desk.settings.port}"

    def get(self, path: str) -> None:
        """Ask for a page.

        Raises:
            AssertionError: unless it comes.
        """
        answer = self.client.get(path, headers={"Sec-Fetch-Site": "same-origin"})
        if answer.status_code != GOOD:
            raise AssertionError(f"{path} answers {answer.status_code}.")
        answer.get_data()

    def search(self, words: str) -> None:
        """Ask for words as a browser does; nothing shorter than an answer counts.

        Raises:
            AssertionError: unless something is found.
        """
        headers = {"Sec-Fetch-Site": "same-origin", "Origin": self.origin}
        answer = self.client.post("/search", headers=headers,
                                  data={"words": words, "csrf_token": self.token})
        if answer.status_code != GOOD or words.casefold() not in answer.text.casefold():
            raise AssertionError(f"The search answers {answer.status_code}.")

    def wait_again(self) -> None:
        """Let what is due wait for a sweep, as on the morning of its day."""
        with self.desk.store.writing() as session:
            session.execute(sa.update(_TASKS).where(
                _TASKS.c.state == FollowUpState.RAISED).values(state=FollowUpState.WAITING))

    def sweep(self) -> None:
        """Raise what is due.

        Raises:
            AssertionError: unless it is all that is due.
        """
        raised = len(sweep.sweep(self.desk).raised)
        if raised != self.due:
            raise AssertionError(f"The sweep raised {raised:,} instead of {self.due:,}.")


def run() -> None:
    """Print what is measured at a size that is filled in less than a minute."""
    measure(SMALL, LARGE)


def run_full() -> None:
    """The same with a million requests, which takes minutes to fill."""
    measure(SMALL, FULL)


def measure(small: Size, large: Size, *, lives: int = LIVES) -> None:
    """Fill two data folders, and print the times in both and how they grow."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as opened:
        places = [opened.enter_context(filled(Path(folder) / name, size, lives=lives))
                  for name, size in (("small", small), ("large", large))]
        print(f"\nThe tracker: {small.requests:,} and {large.requests:,} requests, {large.due:,} "
              f"tasks due in both (ms; promise: at most {PROMISE} times as slow)")
        compare(*places)
        tracker_steps.compare(places[0], places[1], PROMISE)
        for place, size in zip(places, (small, large), strict=True):
            against_plain(place, size, Path(folder) / f"plain-{size.requests}.db")


def acts(place: Place) -> dict[str, Act]:
    """What is measured at both sizes but the sweep, by name."""
    feed = feeds.switch_on(place.desk, actor=OWNER).on_port(place.desk.settings.port)
    pages = {
        "today’s list": "/due",
        "a person": f"/people/{place.person_id}",
        "a person’s progress": f"/people/{place.person_id}/progress",
        "a request": f"/requests/{place.request_id}",
        "a company": f"/registry/companies/{place.broker_id}",
        "people": "/people",
        "the board": "/board",
        "requests": "/requests",
        "requests, filtered": "/requests?standing=answered&channel=email&sort=next",
        "requests that are late": "/requests?late=y",
        "calendar, this month": "/calendar",
        "calendar, next month": f"/calendar?month={NEXT_MONTH:%Y-%m}",
        "calendar, a day": f"/calendar/{TODAY}",
    }
    return {
        "today’s list, service": partial(followups.due, place.desk),
        **{name: partial(place.get, path) for name, path in pages.items()},
        "search, a name": partial(place.search, place.family_name),
        "search, what many match": partial(place.search, "sample"),
        "the feed": partial(place.get, urlsplit(feed).path),
    }


def compare(small: Place, large: Place) -> None:
    """Print the times in both places, and how they grow."""
    places = (small, large)
    small_acts, large_acts = map(acts, places)
    for name, act in small_acts.items():
        _print(name, *_in_turns([act, large_acts[name]]))
    _print("the sweep", *_in_turns([place.sweep for place in places],
                                   [place.wait_again for place in places]))


@contextmanager
def filled(folder: Path, size: Size, *, lives: int = LIVES) -> Iterator[Place]:
    """A data folder of that size with its app, closed in the end."""
    settings = Settings(instance=folder / "instance")
    clock = HandClock(start_day())
    instance = Instance(settings, clock, Library(settings), cost=CHEAP)
    begin = time.perf_counter()
    try:
        desk = instance.create("a passphrase for measuring")
        fill(desk, clock, size, lives=lives, tell=partial(_tell, size))
        seconds = time.perf_counter() - begin
        megabytes = (instance.folder / "optout.db").stat().st_size / 1e6
        print(f"filled with {size.people:,} people and {size.requests:,} requests in "
              f"{seconds:,.0f} s: {megabytes:,.0f} MB", flush=True)
        yield opened(create_app(instance, settings, clock=clock), desk, size.due)
    finally:
        instance.lock()


def _tell(size: Size, done: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done:,} of {size.people:,} people ", end="", file=sys.stderr, flush=True)


def opened(app: Flask, desk: Desk, due: int) -> Place:
    """A filled folder with its app, a browser that was let in, and what to look at."""
    client = app.test_client()
    client.get(start_path(app))
    with desk.store.reading() as session:
        person_id, request_id, broker_id = session.execute(sa.text(
            "SELECT person_id, id, broker_id FROM request ORDER BY rowid DESC LIMIT 1")).one()
        family = session.execute(sa.text(
            "SELECT family FROM person_name WHERE person_id = :of"), {"of": person_id}).scalar_one()
    form = client.get("/search").text
    token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', form)
    if token is None:
        raise AssertionError("The search has no form.")
    return Place(desk, app, client, person_id, request_id, broker_id, family, due, token[1])


def _in_turns(acts: Sequence[Act], prepare: Sequence[Act] | None = None) -> list[Spread]:
    """Milliseconds of each act, taking turns; what prepares one does not count."""
    samples: list[list[float]] = [[] for _ in acts]
    for _ in range(WARM + RUNS):
        for taken, act, before in zip(
                samples, acts, prepare or [lambda: None] * len(acts), strict=True):
            before()
            start = time.perf_counter()
            act()
            taken.append(1000 * (time.perf_counter() - start))
    return [Spread(tuple(taken[WARM:])) for taken in samples]


def _print(name: str, small: Spread, large: Spread) -> None:
    growth = large.median / small.median
    mark = "" if growth <= PROMISE else "  MORE THAN PROMISED"
    print(f"  {name:<26}{_ms(small)} {_ms(large)}  x {growth:5.2f}{mark}", flush=True)


def _ms(spread: Spread) -> str:
    return f"{spread.median:9.2f} ({min(spread.samples):.2f} .. {max(spread.samples):.2f})"


def against_plain(place: Place, size: Size, path: Path) -> None:
    """The due query as the program asks it, its SQL alone, and the same SQL in `sqlite3`."""
    text, values = _due_query(place.desk)
    _copy_plain(place.desk, path)
    with place.desk.store.reading() as session, closing(sqlite3.connect(path)) as plain:
        raw: Any = session.connection().connection.dbapi_connection
        if plain.execute(text, values).fetchall() != raw.execute(text, values).fetchall():
            raise AssertionError("The copy gives other rows.")
        asked, ours, floor = _in_turns([lambda: rows.due(session, TODAY),
                                        lambda: raw.execute(text, values).fetchall(),
                                        lambda: plain.execute(text, values).fetchall()])
    print(f"  due query, {size.requests:,} requests: {_ms(asked)}; its SQL alone: {_ms(ours)}; "
          f"the same in sqlite3, unencrypted: {_ms(floor)}; {ours.median / floor.median:.2f} "
          f"times the floor, {asked.median / floor.median:.2f} times with what is made of the rows")


def _due_query(desk: Desk) -> tuple[str, Any]:
    """The statement that the store runs for what is due, with its values."""
    asked: list[tuple[str, Any]] = []

    def note(_c: object, _k: object, text: str, values: object, *_: object) -> None:
        asked.append((text, values))

    with desk.store.reading() as session:
        engine = session.connection().engine
        sa.event.listen(engine, "before_cursor_execute", note)
        try:
            rows.due(session, TODAY)
        finally:
            sa.event.remove(engine, "before_cursor_execute", note)
    (query,) = asked
    return query


def _copy_plain(desk: Desk, path: Path) -> None:
    """The tasks with their indexes, unencrypted."""
    with desk.store.reading() as session, closing(sqlite3.connect(path)) as plain, plain:
        ddl = {kind: session.scalars(sa.text(
            "SELECT sql FROM sqlite_master WHERE tbl_name = 'follow_up' AND type = :kind "
            "AND sql IS NOT NULL"), {"kind": kind}).all() for kind in ("table", "index")}
        plain.execute(ddl["table"][0])
        raw: Any = session.connection().connection.dbapi_connection
        marks = ", ".join("?" for _ in _TASKS.columns)
        plain.executemany(f"INSERT INTO follow_up VALUES ({marks})",  # noqa: S608 -- only marks
                          raw.execute("SELECT * FROM follow_up"))
        for statement in ddl["index"]:
            plain.execute(statement)
