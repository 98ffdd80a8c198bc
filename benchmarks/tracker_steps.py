"""What SQLite does for every page, counted in its own instructions and in no milliseconds.

Some pages are timed; all of them are counted. A page that reads what exists, and not what it
shows, is found here whatever else the machine does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

if TYPE_CHECKING:
    from benchmarks.tracker import Place

EVERY = 20
"""Instructions between two ticks of SQLite's own counter."""

FREE = 200_000
"""Instructions that nobody waits for: some two milliseconds. A list that is walked to its bound
takes fewer."""

EVERYTHING = frozenset({"/calendar.ics"})
"""Addresses that hand over all there is, piece by piece."""

LISTS = (
    "/requests?person={person_id}", "/requests?broker={broker_id}",
    "/requests?broker={broker_id}&standing=closed&sort=moved", "/requests?mine=y",
    "/requests?law=us-ca-ccpa&sort=moved", "/requests?claim=refused&law=us-ca-ccpa&standing=closed",
    "/requests?standing=closed&channel=email&sort=next", "/requests?sent_from=2026-11-01&sort=next",
    "/due?kind=own_reminder", "/due?kind=recheck", "/due?person={person_id}", "/due/unsent",
    "/due/later", "/board?person={person_id}", "/calendar?person={person_id}",
    "/people?after={person_id}",
)
"""Lists as their filters leave them: few of many, many of many, none."""


def pages(place: Place) -> Iterator[str]:
    """Every page of the app that can be asked for with what is known of a place."""
    known = {"person_id": place.person_id, "request_id": place.request_id,
             "broker_id": place.broker_id, "law_id": "us-ca-ccpa", "group": "late",
             "day": place.desk.clock.today().isoformat()}
    address = place.app.url_map.bind("127.0.0.1")
    for rule in place.app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.arguments <= known.keys():
            path = address.build(rule.endpoint, {name: known[name] for name in rule.arguments})
            if path not in EVERYTHING:
                yield path
    yield from (path.format_map(known) for path in LISTS)


def steps_of(place: Place) -> Mapping[str, int]:
    """For each of these pages the instructions of SQLite, once it is warm.

    Raises:
        AssertionError: when a page answers with an error.
    """
    return {path: steps for path in pages(place)
            if (steps := _steps(place, path)) is not None}


def _steps(place: Place, path: str) -> int | None:
    """None for a page that leads elsewhere, or that is not for these."""
    headers = {"Sec-Fetch-Site": "same-origin"}
    answer = place.client.get(path, headers=headers)
    answer.get_data()
    if answer.status_code >= 500:  # noqa: PLR2004 -- where errors of ours begin
        raise AssertionError(f"{path} answers {answer.status_code}.")
    if answer.status_code != 200:  # noqa: PLR2004 -- it came
        return None
    with _counting(place) as ticks:
        place.client.get(path, headers=headers).get_data()
        return EVERY * ticks()


@contextmanager
def _counting(place: Place) -> Iterator[Callable[[], int]]:
    ticks = 0
    watched: list[Any] = []

    def tick() -> int:
        nonlocal ticks
        ticks += 1
        return 0

    def watch(connection: sa.Connection, *_: object) -> None:
        raw: Any = connection.connection.dbapi_connection
        if raw not in watched:
            raw.set_progress_handler(tick, EVERY)
            watched.append(raw)

    engine = place.desk.store._engine  # noqa: SLF001 -- the bench looks below the floor
    sa.event.listen(engine, "before_cursor_execute", watch)
    try:
        yield lambda: ticks
    finally:
        sa.event.remove(engine, "before_cursor_execute", watch)
        for raw in watched:
            raw.set_progress_handler(None, EVERY)


def compare(small: Place, large: Place, promise: float) -> None:
    """Print how many pages were counted, and each that does more than was promised."""
    before, after = steps_of(small), steps_of(large)
    # Both have the same pages in the same order, at ids of their own.
    pairs = list(zip(before.values(), after.items(), strict=True))
    grown = [(fewer, path, more) for fewer, (path, more) in pairs
             if more > promise * fewer and more - fewer > FREE]
    most = max(after, key=lambda path: after[path])
    print(f"  SQLite’s work for {len(pairs)} pages: {len(grown)} grow by more than {promise} and "
          f"{FREE:,} instructions; the most is {after[most]:,} ({most})")
    for fewer, path, more in grown:
        print(f"    {path}: {fewer:,} -> {more:,}  MORE THAN PROMISED")
