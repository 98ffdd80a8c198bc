"""Lists give the same as reading everything, along indexes alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from optout.domain.footing import Footing
from optout.domain.listing import Count, Place, SortBy, Wanted
from optout.domain.outcome_words import Claim, LookResult
from optout.domain.request import Request
from optout.domain.words import Channel, Right, Standing
from optout.store import board, followups, listing, matters, people, requests, search
from optout.store.store import Store
from tests.store import samples

NUMBER = 160
DAY = samples.DAY


def _random(number: int, random: Random, owners: list[tuple[str, str]]) -> Request:
    person_id, matter_id = owners[number % len(owners)]

    def day() -> date | None:
        return random.choice([None, DAY - timedelta(days=random.randrange(6))])

    return replace(
        samples.request(person_id, matter_id, f"OPT-{number:06}"),
        broker_id=random.choice(["acme", "beta", "gamma"]),
        standing=random.choice([Standing.DRAFT, Standing.SENT, Standing.ANSWERED]),
        claim=random.choice([None, *Claim]), last_look=random.choice([None, *LookResult]),
        channel=random.choice([Channel.EMAIL, Channel.POSTAL_MAIL]),
        footings=(Footing(random.choice(["ccpa", "gdpr"]), Right.DELETE),),
        created_on=DAY - timedelta(days=random.randrange(8)), sent_on=day(),
        late_from=day(), moved_on=day())


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, list[str]]]:
    store = Store.create(tmp_path_factory.mktemp("listing") / "optout.db", samples.KEY)
    random = Random(7)  # noqa: S311 -- the same lives in every run, no secret
    with store.writing() as session:
        owners = []
        for _ in range(3):
            person = people.save(session, samples.AVERY)
            owners.append((person.id, matters.current(session, person.id, DAY).id))
        requests.add_many(session, (_random(n, random, owners) for n in range(NUMBER)))
        for number in range(0, NUMBER, 3):
            due = DAY + timedelta(days=random.randrange(-4, 4))
            followups.add(session, samples.follow_up(f"OPT-{number:06}", number, due),
                          at=samples.NOW)
    yield store, [owner[0] for owner in owners]
    store.close()


def plainly(session: Session, wanted: Wanted, sort: SortBy) -> list[str]:
    """The same list by reading every request: no index, no paging."""
    shown = {task.request_id: task.shown_on for task in followups.due(session, date.max)}
    found = []
    for one in requests.after(session, "", 100_000):
        made, sent = one.created_on, one.sent_on
        if all((
            wanted.person_id in ("", one.person_id), wanted.broker_id in ("", one.broker_id),
            not wanted.standings or one.standing in wanted.standings,
            wanted.claim in (None, one.claim), wanted.look in (None, one.last_look),
            wanted.law in ("", one.footing.law), wanted.channel in (None, one.channel),
            not wanted.late_by or (one.late_from and one.late_from <= wanted.late_by),
            not wanted.shown_by or shown.get(one.id, date.max) <= wanted.shown_by,
            not wanted.made_from or made >= wanted.made_from,
            not wanted.made_to or made <= wanted.made_to,
            not wanted.sent_from or (sent and sent >= wanted.sent_from),
            not wanted.sent_to or (sent and sent <= wanted.sent_to),
        )):
            found.append(one)
    number = {one.id: place for place, one in enumerate(
        sorted(requests.after(session, "", 100_000), key=lambda one: one.id))}
    if sort is SortBy.NEXT:
        return [one.id for one in sorted(
            found, key=lambda one: (shown.get(one.id, date.max), number[one.id]))]
    if sort is SortBy.OLDEST:
        return [one.id for one in sorted(found, key=lambda one: (one.created_on, number[one.id]))]
    return [one.id for one in sorted(
        found, key=lambda one: (_newest(one, sort), number[one.id]), reverse=True)]


def _newest(one: Request, sort: SortBy) -> date:
    return one.created_on if sort is SortBy.MADE else one.moved_on or date.min


def paged(session: Session, wanted: Wanted, sort: SortBy, most: int) -> list[str]:
    found, after = [], None
    for _ in range(2 * NUMBER):
        page = listing.page(session, wanted, sort, after, most=most)
        assert len(page.requests) <= most
        found += [request.id for request in page.requests]
        after = page.more
        if after is None:
            return found
    raise AssertionError("pages without end")


WANTED = [
    Wanted(), Wanted(broker_id="acme"), Wanted(standings=(Standing.SENT, Standing.DRAFT)),
    Wanted(claim=Claim.REMOVED, law="gdpr"), Wanted(look=LookResult.NOT_FOUND),
    Wanted(channel=Channel.EMAIL, late_by=DAY - timedelta(days=2)), Wanted(shown_by=DAY),
    Wanted(made_from=DAY - timedelta(days=5), made_to=DAY - timedelta(days=2)),
    Wanted(sent_from=DAY - timedelta(days=3)), Wanted(sent_to=DAY - timedelta(days=3)),
    Wanted(broker_id="nobody"),
]


@pytest.mark.parametrize(("few", "window"), [(5_000, 10_000), (0, 7), (40, 25)])
def test_pages_are_the_list_whichever_way_they_are_read(
    filled: tuple[Store, list[str]], monkeypatch: pytest.MonkeyPatch, few: int, window: int,
) -> None:
    store, owners = filled
    monkeypatch.setattr(listing, "MOST_SORTED", few)
    monkeypatch.setattr(listing, "MOST_LOOKED_AT", window)
    with store.reading() as session:
        for wanted, sort in product([*WANTED, Wanted(person_id=owners[1])], SortBy):
            expected = plainly(session, wanted, sort)
            assert paged(session, wanted, sort, 9) == expected, (wanted, sort)
            if few == 5_000:
                assert listing.count(session, wanted) == Count(len(expected))


def test_a_walk_that_finds_little_stops_and_says_where_it_goes_on(
    filled: tuple[Store, list[str]], monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(listing, "MOST_SORTED", 0)
    monkeypatch.setattr(listing, "MOST_LOOKED_AT", 10)
    with filled[0].reading() as session:
        found = listing.page(session, Wanted(claim=Claim.REFUSED, law="gdpr"), SortBy.MADE, most=9)
        assert found.stopped
        assert found.more is not None
        assert len(found.requests) < 9


def test_a_page_goes_on_where_its_last_request_was_erased(
    filled: tuple[Store, list[str]],
) -> None:
    with filled[0].reading() as session:
        after = Place(DAY - timedelta(days=3), "OPT-GONE22")
        page = listing.page(session, Wanted(), SortBy.MADE, after, most=5)
        assert page.requests[0].created_on == DAY - timedelta(days=3)


def test_large_numbers_are_not_counted_out(
    filled: tuple[Store, list[str]], monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(listing, "MOST_COUNTED", 20)
    with filled[0].reading() as session:
        assert listing.count(session, Wanted(law="ccpa")) == Count(20, exact=False)
        monkeypatch.setattr(listing, "MOST_SORTED", 0)
        assert listing.count(session, Wanted(law="ccpa")) == Count(20, exact=False)
        both = Wanted(law="ccpa", channel=Channel.EMAIL)
        assert listing.count(session, both) == Count(20, exact=False)
        assert listing.count(session, Wanted()) == Count(NUMBER)
        monkeypatch.setattr(listing, "MOST_LOOKED_AT", 10)
        few = listing.count(session, both)
        assert few.number <= 10
        assert not few.exact
        assert sum(listing.counts(session).values()) == NUMBER


def test_the_numbers_of_a_person_are_theirs(filled: tuple[Store, list[str]]) -> None:
    store, owners = filled
    with store.reading() as session:
        found = listing.counts_of(session, owners[0])
        assert sum(found.values()) == len(requests.every(session, owners[0]))


@pytest.fixture
def plans(filled: tuple[Store, list[str]]) -> Iterator[list[str]]:
    """How SQLite runs each statement, while a test lists."""
    said: list[str] = []
    engine = filled[0]._engine

    def explain(connection: sa.Connection, _cursor: object, statement: str, parameters: Any,
                *_: object) -> None:
        if statement.startswith("SELECT"):
            raw = connection.connection.cursor()
            raw.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            said.extend(f"{row[3]} in {statement}" for row in raw.fetchall())

    sa.event.listen(engine, "before_cursor_execute", explain)
    yield said
    sa.event.remove(engine, "before_cursor_execute", explain)


@pytest.mark.parametrize("few", [5_000, -1])
def test_no_list_reads_the_whole_table_and_no_long_one_is_read_to_be_sorted(
    filled: tuple[Store, list[str]], monkeypatch: pytest.MonkeyPatch, plans: list[str], few: int,
) -> None:
    monkeypatch.setattr(listing, "MOST_SORTED", few)
    store, owners = filled
    with store.reading() as session:
        for wanted, sort in product([*WANTED[1:], Wanted(person_id=owners[0])], SortBy):
            listing.page(session, wanted, sort, Place(DAY, "OPT-000007"), most=5)
            listing.count(session, wanted)
        sorted_, plans_so_far = list(plans), len(plans)
        board.first(session, [Standing.SENT], person_id=owners[0], most=3)
        assert "ix_request_person_id_standing" in plans[plans_so_far]
        listing.counts_of(session, owners[0])
        assert "ix_request_person_id_standing" in plans[-1]
        listing.first_tasks(session, ["OPT-000003", "OPT-000007"])
        listing.counts(session)
        board.first(session, [Standing.SENT, Standing.DRAFT], most=3)
        board.first(session, [Standing.SENT], newest_first=True, most=3)
        people.names_of(session, owners)
        people.page(session, owners[0], most=5)
        search.people(session, "avery 0142", most=5)
        search.notes(session, "avery", most=5)
        search.requests(session, "OPT-0", most=5)
        search.papers(session, "D-0", most=5)
    assert plans_so_far > 100
    large = ("request", "follow_up", "person", "person_name", "note_text", "person_text")
    for step in plans:
        assert not step.startswith(tuple(f"SCAN {table} " for table in large)) or (
            "USING" in step), step
        assert "ix_follow_up_state" not in step, step
    for step in sorted_:
        what, _, statement = step.partition(" in ")
        if few < 0 and "LIMIT" in step and "TEMP B-TREE" in what:
            assert any("COVERING INDEX ix_request_list_" in other for other in sorted_
                       if other.endswith(statement)), step


@pytest.mark.parametrize(("wanted", "index"), [
    (Wanted(broker_id="acme"), "broker_id_standing"),
    (Wanted(standings=(Standing.SENT,)), "standing_moved_on"),
    (Wanted(claim=Claim.REMOVED), "claim"), (Wanted(look=LookResult.LISTED), "last_look"),
    (Wanted(law="ccpa"), "law"), (Wanted(channel=Channel.EMAIL), "channel"),
    (Wanted(late_by=DAY), "late_from"), (Wanted(shown_by=DAY), "list_next_on"),
    (Wanted(made_to=DAY), "list_created_on"), (Wanted(sent_from=DAY), "sent_on"),
])
def test_every_filter_has_an_index(
    filled: tuple[Store, list[str]], plans: list[str], wanted: Wanted, index: str,
) -> None:
    with filled[0].reading() as session:
        listing.page(session, wanted, SortBy.MOVED, most=5)
    assert any(f"ix_request_{index} (" in step for step in plans), plans


@pytest.mark.parametrize("wanted", [
    Wanted(claim=Claim.REMOVED, look=LookResult.LISTED, law="ccpa", channel=Channel.EMAIL),
    Wanted(broker_id="acme", standings=(Standing.SENT, Standing.DRAFT), late_by=DAY),
    Wanted(person_id="P-AAAAAA", shown_by=DAY, made_from=DAY, sent_to=DAY),
])
def test_what_is_filtered_along_an_order_or_counted_reads_no_request(
    filled: tuple[Store, list[str]], monkeypatch: pytest.MonkeyPatch, plans: list[str],
    wanted: Wanted,
) -> None:
    monkeypatch.setattr(listing, "MOST_SORTED", -1)
    with filled[0].reading() as session:
        listing.count(session, wanted)
        for sort in SortBy:
            listing.page(session, wanted, sort, most=5)
    reads = [step for step in plans if step.startswith(("SEARCH request", "SCAN request"))
             and "+request." in step and "IS NULL" not in step]
    assert len(reads) >= 1 + len(SortBy)
    for step in reads:
        assert "request USING COVERING INDEX ix_request_list_" in step, step
