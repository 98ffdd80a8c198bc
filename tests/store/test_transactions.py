"""Transactions: all or nothing, one writer at a time, each task taken by one process."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from optout.domain.errors import DiskFull, InstanceUnusable
from optout.store import driver, followups, matters, meta, people, requests, upgrade
from optout.store.store import Store
from tests.store import samples
from tests.store.conftest import Furnished

ROOT = Path(__file__).parents[2]


def test_a_failure_within_writing_keeps_nothing(store: Store) -> None:
    def fail_midway() -> None:
        with store.writing() as session:
            meta.put(session, "key", "value")
            people.save(session, samples.AVERY)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_midway()
    with store.reading() as session:
        assert meta.get(session, "key") is None
        assert people.page(session, most=9) == ()


def test_a_reader_keeps_its_view_while_another_writes(store: Store) -> None:
    with store.reading() as reader:
        assert meta.get(reader, "key") is None
        with store.writing() as writer:
            meta.put(writer, "key", "value")
        assert meta.get(reader, "key") is None
    with store.reading() as reader:
        assert meta.get(reader, "key") == "value"


def test_writers_side_by_side_lose_no_update(store: Store) -> None:
    with store.writing() as session:
        meta.put(session, "count", "0")

    def count_up() -> None:
        for _ in range(25):
            with store.writing() as session:
                meta.put(session, "count", str(int(meta.get(session, "count") or 0) + 1))

    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.reading() as session:
        assert meta.get(session, "count") == "100"


def test_a_writer_that_waits_too_long_is_told_why(
    path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(driver.PRAGMAS, "busy_timeout", "50")
    first, second = Store.open(path, samples.KEY), Store.open(path, samples.KEY)
    with first.writing() as session:
        meta.put(session, "key", "first")
        with pytest.raises(InstanceUnusable, match="Another program"), second.writing() as other:
            meta.put(other, "key", "second")
    with second.reading() as session:
        assert meta.get(session, "key") == "first"
    first.close()
    second.close()


def test_a_closed_store_leaves_one_file(furnished: Furnished) -> None:
    furnished.store.close()
    assert [entry.name for entry in furnished.store.path.parent.iterdir()] == ["optout.db"]


CLAIMER = """
import json, sys
from pathlib import Path
from optout.domain.words import FollowUpState
from optout.store import followups, sweeping
from optout.store.store import Store
from tests.store import samples

store = Store.open(Path(sys.argv[1]), samples.KEY)
print("ready", flush=True)
sys.stdin.readline()
with store.reading() as session:
    waiting = sweeping.waiting_ids(session, samples.DAY)
taken = []
for task_id in waiting:
    with store.writing() as session:
        if followups.claim(session, task_id, FollowUpState.WAITING, FollowUpState.RAISED,
                           at=samples.NOW):
            taken.append(task_id)
store.close()
print(json.dumps({"saw": len(waiting), "taken": taken}))
"""


def test_two_processes_take_each_task_once(furnished: Furnished) -> None:
    number = 60
    with furnished.store.writing() as session:
        for n in range(number):
            followups.add(session, samples.follow_up(furnished.request_id, n), at=samples.NOW)
    claimers = [
        subprocess.Popen([sys.executable, "-c", CLAIMER, str(furnished.store.path)], cwd=ROOT,
                         stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(2)]
    for claimer in claimers:
        assert claimer.stdout is not None
        assert claimer.stdout.readline() == "ready\n"
    for claimer in claimers:
        assert claimer.stdin is not None
        claimer.stdin.write("go\n")
        claimer.stdin.flush()
    answers = [json.loads(claimer.communicate(timeout=60)[0]) for claimer in claimers]
    taken = [task for answer in answers for task in answer["taken"]]
    assert max(answer["saw"] for answer in answers) == number
    assert len(taken) == len(set(taken)) == number


KILLED = """
import os, signal, sys
from pathlib import Path
from optout.store import meta
from optout.store.store import Store
from tests.store import samples

store = Store.open(Path(sys.argv[1]), samples.KEY)
with store.writing() as session:
    meta.put(session, "kept", "yes")
with store.writing() as session:
    for number in range(5000):
        meta.put(session, f"lost-{number}", "x" * 500)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_killed_process_loses_only_what_it_had_not_finished(path: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED, str(path)], cwd=ROOT, check=False)
    assert path.with_name("optout.db-wal").exists()
    store = Store.open(path, samples.KEY)
    with store.reading() as session:
        assert meta.get(session, "kept") == "yes"
        assert meta.get(session, "lost-0") is None
        assert session.execute(sa.text("PRAGMA integrity_check")).scalar() == "ok"
    store.close()


def test_damage_met_on_the_way_is_told_as_such(furnished: Furnished) -> None:
    path = furnished.store.path
    with furnished.store.reading() as session:
        page = session.execute(
            sa.text("SELECT rootpage FROM sqlite_master WHERE name = 'person'")).scalar_one()
    furnished.store.close()
    data = bytearray(path.read_bytes())
    data[(page - 1) * 4096 + 50] ^= 1
    path.write_bytes(data)
    store = Store.open(path, samples.KEY)
    with pytest.raises(InstanceUnusable, match="damaged"), store.reading() as session:
        people.page(session, most=9)
    store.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)],
        check=False, capture_output=True)
    if mounted.returncode:
        pytest.skip("Mounting a small disk needs root.")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_a_full_disk_keeps_what_was_there(small_disk: Path) -> None:
    store = Store.create(small_disk / "optout.db", samples.KEY)
    with store.writing() as session:
        meta.put(session, "kept", "yes")
    with pytest.raises(DiskFull), store.writing() as session:
        meta.put(session, "kept", "no" + "x" * 4_000_000)
    with store.reading() as session:
        assert meta.get(session, "kept") == "yes"
    store.close()
    Store.open(small_disk / "optout.db", samples.KEY).close()


def test_a_database_that_does_not_fit_is_not_begun(small_disk: Path) -> None:
    (small_disk / "ballast").write_bytes(bytes(1_900_000))
    with pytest.raises(DiskFull):
        Store.create(small_disk / "optout.db", samples.KEY)
    assert [entry.name for entry in small_disk.iterdir()] == ["ballast"]


def test_a_safety_copy_that_does_not_fit_leaves_nothing(small_disk: Path) -> None:
    store = Store.create(small_disk / "optout.db", samples.KEY)
    store.forget()
    (small_disk / "ballast").write_bytes(bytes(1_450_000))
    before = {entry.name for entry in small_disk.iterdir()}
    with pytest.raises(DiskFull, match="safety copy"):
        upgrade.copy_sealed(store._engine, store.path, samples.KEY, "0001")
    assert {entry.name for entry in small_disk.iterdir()} == before
    store.close()


def test_a_disk_that_reports_an_error_is_told_as_such(store: Store) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, hard))
    try:
        with pytest.raises(InstanceUnusable, match="disk"), store.writing() as session:
            meta.put(session, "large", "x" * 4_000_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    with store.reading() as session:
        assert meta.get(session, "large") is None


@contextmanager
def statements(store: Store) -> Iterator[list[str]]:
    """Every statement that reaches the driver meanwhile."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    sa.event.listen(store._engine, "before_cursor_execute", note)
    yield seen
    sa.event.remove(store._engine, "before_cursor_execute", note)


def test_the_number_of_queries_does_not_grow_with_the_data(store: Store) -> None:
    counts = []
    for number in (2, 40):
        with store.writing() as session:
            for _ in range(number):
                person = people.save(session, samples.AVERY)
            matter = matters.current(session, person.id, samples.DAY)
            requests.add_many(session, [
                replace(samples.request(person.id, matter.id), id=f"{person.id}-{n}")
                for n in range(number)])
        with statements(store) as seen, store.reading() as session:
            assert len(people.page(session, most=100)) >= number
            assert len(requests.every(session, person.id)) == number
            requests.events_by_request(session, person.id)
            requests.dates_by_request(session, person.id)
            followups.by_request(session, person.id)
        counts.append(sum(statement.startswith("SELECT") for statement in seen))
    # Ids of people, these and their four lists, requests, events, dates, tasks.
    assert counts == [10, 10]
