"""What calendar programs read: every day, move and end of a task, and no more words than chosen."""

from __future__ import annotations

import uuid
from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from optout.clock import HandClock
from optout.documents import ics
from optout.domain.actor import OWNER
from optout.domain.discretion import Discretion, Medium
from optout.domain.errors import GateClosed
from optout.domain.person import Person
from optout.domain.words import FollowUpKind, FollowUpState
from optout.services import calendar, calendar_given, corrections, discretion, followups, people
from optout.services.desk import Desk
from optout.services.instance import Instance
from optout.store import followups as rows
from optout.store import meta
from tests.conftest import MONDAY
from tests.documents.calendar_reading import DAY_BEFORE, MORNING, READERS, ReadEvent
from tests.factories import californian
from tests.services.calendar_tasks import put, stored
from tests.statements import statements


def read(content: bytes) -> dict[str, ReadEvent]:
    """By summary; both parsers must say the same."""
    one, other = ({event.summary: event for event in reader(content)}
                  for reader in READERS.values())
    assert one == other
    return one


def file(desk: Desk, level: Discretion | None = None) -> bytes:
    return b"".join(calendar.calendar_file(desk, discretion=level))


def test_file_and_feed_say_what_the_rows_say(desk: Desk, avery: Person) -> None:
    kinds = (FollowUpKind.RECHECK, FollowUpKind.APPEAL_BY, FollowUpKind.CONFIRMATION_EXPIRES)
    tasks = [put(desk, avery.id, MONDAY + timedelta(days=40 - number), kind=kind)
             for number, kind in enumerate(kinds)]
    content = calendar.feed(desk).content
    assert content == file(desk)
    events = read(content)
    assert list(events) == [f"privacy follow-up {task.number}" for task in reversed(tasks)]
    for task, event in zip(reversed(tasks), events.values(), strict=True):
        assert event.uid == str(uuid.UUID(event.uid)) != task.id
        assert (event.on, event.until) == (task.shown_on, task.shown_on + timedelta(days=1))
        assert (event.sequence, event.status) == (task.sequence, "CONFIRMED")
        assert event.changed_at == event.stamped_at == task.changed_at
        assert event.private
        assert event.free
        last_day = task.kind is not FollowUpKind.RECHECK
        assert event.alarms == ((MORNING, DAY_BEFORE) if last_day else (MORNING,))


@pytest.mark.parametrize("state", [
    FollowUpState.DONE, FollowUpState.NOT_NEEDED, FollowUpState.CANCELLED])
def test_a_task_that_ended_is_cancelled_under_its_uid_with_a_higher_sequence(
    desk: Desk, avery: Person, clock: HandClock, state: FollowUpState
) -> None:
    task = put(desk, avery.id, MONDAY)
    (before,) = read(calendar.feed(desk).content).values()
    clock.forward(days=1)
    with desk.store.writing() as session:
        assert rows.claim(session, task.id, FollowUpState.WAITING, state, at=clock.now())
    (after,) = read(calendar.feed(desk).content).values()
    assert file(desk) == calendar.feed(desk).content
    assert (after.uid, after.on, after.status) == (before.uid, before.on, "CANCELLED")
    assert after.sequence > before.sequence
    assert after.changed_at == clock.now() > before.changed_at
    assert after.alarms == ()
    clock.forward(days=calendar.KEPT.days)
    assert read(file(desk))
    clock.forward(days=1)
    assert read(file(desk)) == read(calendar.feed(desk).content) == {}


def test_a_task_that_moved_moves_and_one_put_off_stands_on_its_later_day(
    desk: Desk, avery: Person, clock: HandClock
) -> None:
    task = put(desk, avery.id, MONDAY)
    clock.forward(hours=1)
    with desk.store.writing() as session:
        rows.move(session, task.id, MONDAY + timedelta(days=3), "", FollowUpState.WAITING,
                  at=clock.now())
    (event,) = read(file(desk)).values()
    assert (event.on, event.sequence) == (MONDAY + timedelta(days=3), task.sequence + 1)
    followups.snooze(desk, task.id, MONDAY + timedelta(days=9), actor="owner")
    (event,) = read(file(desk)).values()
    assert stored(desk, task).due_on == MONDAY + timedelta(days=3)
    assert (event.on, event.sequence) == (MONDAY + timedelta(days=9), task.sequence + 2)


def test_the_same_data_gives_the_same_bytes_and_etag(
    desk: Desk, avery: Person, clock: HandClock
) -> None:
    task = put(desk, avery.id, MONDAY + timedelta(days=2))
    first = calendar.feed(desk)
    clock.forward(hours=5)
    assert calendar.feed(desk) == first
    followups.finish(desk, task.id, actor="owner")
    assert calendar.feed(desk).etag != first.etag


def test_only_entries_that_changed_are_written_anew_and_nothing_is_kept_when_locked(
    desk: Desk, instance: Instance, avery: Person, clock: HandClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written: list[date] = []
    write = ics.entry_bytes

    def noted(item: ics.CalendarItem) -> bytes:
        written.append(item.on)
        return write(item)

    monkeypatch.setattr(ics, "entry_bytes", noted)
    days = [MONDAY + timedelta(days=number) for number in range(3)]
    tasks = [put(desk, avery.id, day) for day in days]
    first = calendar.feed(desk)
    assert calendar.feed(desk) == first
    assert written == days
    clock.forward(days=1)
    with desk.store.writing() as session:
        rows.put_off(session, tasks[0].id, MONDAY + timedelta(days=9), at=clock.now())
    after = calendar.feed(desk)
    assert written[3:] == [MONDAY + timedelta(days=9)]
    assert after.content == file(desk) != first.content
    discretion.choose(desk, Medium.CALENDAR, Discretion.COMPANY, actor=OWNER, accepted=True)
    written.clear()
    assert calendar.feed(desk).content == file(desk) != after.content
    assert sorted({*written}) == sorted(one.on for one in read(after.content).values())
    instance.lock()
    assert desk.memory == {}


def test_the_feed_ends_at_its_horizon_and_the_file_does_not(desk: Desk, avery: Person) -> None:
    put(desk, avery.id, MONDAY - timedelta(days=900))
    put(desk, avery.id, MONDAY + calendar.HORIZON)
    put(desk, avery.id, MONDAY + calendar.HORIZON + timedelta(days=1))
    assert len(read(calendar.feed(desk).content)) == 2
    assert len(read(file(desk))) == 3


def test_of_many_that_ended_the_feed_tells_the_latest(
    desk: Desk, avery: Person, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calendar, "MOST_ENDED", 2)
    tasks = [put(desk, avery.id, MONDAY + timedelta(days=number)) for number in range(4)]
    for number in (3, 0, 1, 2):
        clock.forward(hours=1)
        followups.finish(desk, tasks[number].id, actor="owner")
    assert list(read(calendar.feed(desk).content)) == [
        f"privacy follow-up {tasks[number].number}" for number in (1, 2)]


def test_the_file_is_read_by_pages_without_a_gap(
    desk: Desk, avery: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    tasks = [put(desk, avery.id, MONDAY + timedelta(days=number // 3),
                 state=(FollowUpState.WAITING, FollowUpState.RAISED)[number % 2])
             for number in range(8)]
    whole = file(desk)
    monkeypatch.setattr(calendar, "PAGE", 3)
    assert file(desk) == whole
    assert list(read(whole)) == [f"privacy follow-up {task.number}" for task in tasks]
    monkeypatch.setattr(calendar, "MOST_OPEN", 3)
    assert [event.on for event in read(calendar.feed(desk).content).values()] == [MONDAY] * 3


def test_it_says_as_much_as_was_chosen_and_other_words_count_as_a_change(
    desk: Desk, avery: Person, clock: HandClock
) -> None:
    put(desk, avery.id, MONDAY)
    put(desk, avery.id, MONDAY, broker="gone-since")
    clock.forward(hours=2)
    (event, _) = read(file(desk, Discretion.COMPANY)).values()
    assert (event.summary, event.rings) == ("Look again: Quick Mail", ("Look again: Quick Mail",))
    assert (event.changed_at, event.sequence) == (clock.now(), 1)
    clock.forward(hours=1)
    discretion.choose(desk, Medium.CALENDAR, Discretion.COMPANY)
    (same, gone) = read(calendar.feed(desk).content).values()
    assert same == event
    assert gone.summary == "Look again: gone-since"
    people.add_person(desk, californian(), actor="owner")
    found = read(calendar.feed(desk).content)
    assert found[f"Look again: Quick Mail ({avery.id})"].sequence == 2
    discretion.choose(desk, Medium.CALENDAR, Discretion.KIND)
    assert {(event.changed_at, event.sequence) for event in read(file(desk)).values()} == {
        (clock.now(), 3)}


def test_whoever_comes_to_be_at_risk_has_the_words_taken_back_by_every_program(
    desk: Desk, avery: Person, clock: HandClock
) -> None:
    done = put(desk, avery.id, MONDAY)
    put(desk, avery.id, MONDAY)
    discretion.choose(desk, Medium.CALENDAR, Discretion.COMPANY)
    followups.finish(desk, done.id, actor="owner")
    said = {event.uid: event for event in READERS["ical"](calendar.feed(desk).content)}
    assert {event.summary for event in said.values()} == {"Look again: Quick Mail"}
    clock.forward(days=1)
    people.set_instance_at_risk(desk, value=True, actor="owner")
    for content in (calendar.feed(desk).content, file(desk)):
        cut = {event.uid: event for event in read(content).values()}
        assert set(cut) == set(said)
        for uid, event in cut.items():
            assert event.summary.startswith("privacy follow-up ")
            assert event.sequence == said[uid].sequence + 1
            assert event.changed_at == event.stamped_at == clock.now()
    people.set_instance_at_risk(desk, value=False, actor="owner")
    (more,) = {event.sequence for event in READERS["ical"](calendar.feed(desk).content)
               if event.status == "CONFIRMED"}
    assert more == 2 + 1


def test_a_company_that_has_another_name_has_it_in_every_program(
    desk: Desk, avery: Person, clock: HandClock
) -> None:
    put(desk, avery.id, MONDAY)
    discretion.choose(desk, Medium.CALENDAR, Discretion.COMPANY)
    (before,) = read(calendar.feed(desk).content).values()
    clock.forward(days=1)
    corrections.correct(desk.library, "quick-mail", {"notes": "Nothing that a calendar says."})
    assert list(read(calendar.feed(desk).content).values()) == [before]
    corrections.correct(desk.library, "quick-mail", {"name": "Slow Mail"})
    (after,) = read(calendar.feed(desk).content).values()
    assert (after.uid, after.summary) == (before.uid, "Look again: Slow Mail")
    assert after.sequence == before.sequence + 1
    assert after.changed_at == clock.now()
    discretion.choose(desk, Medium.CALENDAR, Discretion.KIND)
    calendar.feed(desk)
    corrections.undo(desk.library, "quick-mail")
    (less,) = read(calendar.feed(desk).content).values()
    assert less.sequence == after.sequence + 1  # such words name no company


def test_no_calendar_names_this_program(desk: Desk, avery: Person) -> None:
    put(desk, avery.id, MONDAY)
    assert b"optout" not in calendar.feed(desk).content.lower()
    assert b"optout" not in file(desk, Discretion.COMPANY).lower()


def test_a_data_folder_of_before_keeps_the_ids_that_it_gave(
    desk: Desk, avery: Person, clock: HandClock
) -> None:
    old = put(desk, avery.id, MONDAY)
    with desk.store.writing() as session:
        meta.forget(session, calendar_given.KEY)
    clock.forward(days=1)
    (event,) = read(calendar.feed(desk).content).values()
    assert event.uid == f"{old.id.lower()}@optout.invalid"
    # What its programs have may say more, by a file that was made once and not as chosen.
    assert (event.sequence, event.changed_at) == (old.sequence + 1, clock.now())
    put(desk, avery.id, MONDAY)
    same, new = read(file(desk)).values()
    assert same == event
    assert "optout" not in new.uid


def test_two_processes_count_a_change_once(
    desk: Desk, avery: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(desk, avery.id, MONDAY)
    others = desk.store.writing

    def after_another() -> AbstractContextManager[Session]:
        with monkeypatch.context() as alone:
            alone.setattr(desk.store, "writing", others)
            calendar.calendar_file(desk, discretion=Discretion.KIND)
        return others()

    monkeypatch.setattr(desk.store, "writing", after_another)
    assert {event.sequence for event in read(file(desk, Discretion.KIND)).values()} == {1}


def test_by_default_it_names_nobody_and_nothing(desk: Desk, avery: Person) -> None:
    put(desk, avery.id, MONDAY)
    text = file(desk).decode().lower()
    for word in ("avery", "sample", "quick", avery.id.lower(), "look again"):
        assert word not in text


def test_where_someone_is_at_risk_even_a_single_file_asks_first(desk: Desk, avery: Person) -> None:
    put(desk, avery.id, MONDAY)
    people.set_instance_at_risk(desk, value=True, actor="owner")
    with pytest.raises(GateClosed):
        calendar.calendar_file(desk, discretion=Discretion.COMPANY)
    assert read(file(desk, Discretion.NUMBER))
    discretion.choose(desk, Medium.CALENDAR, Discretion.COMPANY, accepted=True)
    assert "Look again: Quick Mail" in read(file(desk, Discretion.COMPANY))


def test_the_feed_takes_a_fixed_number_of_queries(desk: Desk, avery: Person) -> None:
    with statements() as without:
        calendar.feed(desk)
    for number in range(6):
        put(desk, avery.id, date(2026, 12, 1) + timedelta(days=number))
    with statements() as told:
        calendar.feed(desk)
    assert len(told) == len(without)
