"""Many documents: the same memory, stopped between two, killed in the middle, whole in the end."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest

from optout.domain.actor import OWNER
from optout.domain.errors import Cancelled, DiskFull, Refused, UnwritableText
from optout.domain.person import Person, PersonName
from optout.domain.words import Standing
from optout.registry.registry import Registry
from optout.services import housekeeping, letters, people, preparing, requests
from optout.services.desk import Desk
from optout.services.instance import Instance
from optout.store import documents
from optout.vault.sealed import SealedFiles
from tests.everyone import requests_of
from tests.factories import californian
from tests.services.conftest import PASSPHRASE, MakeInstance
from tests.services.post import post_brokers, post_requests

pytestmark = pytest.mark.usefixtures("small_steps")

MANY = 25


@pytest.fixture
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several steps in few documents."""
    monkeypatch.setattr(preparing, "STEP", 4)


class StopAfter:
    """Stops when so many are whole; remembers what it was told."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.told: list[tuple[int, int]] = []

    def advance(self, done: int, total: int) -> None:
        self.told.append((done, total))
        if done >= self.most:
            raise Cancelled(done=done, total=total)


def prepared(desk: Desk, person: Person) -> set[str]:
    return {file.request.id for file in requests_of(desk, person.id)
            if file.request.standing is Standing.READY}


def whole(desk: Desk, person: Person) -> None:
    """Every sealed file has its row, and every row its file with the right content."""
    rows = {document.id for request_id in prepared(desk, person)
            for document in letters.documents_of(desk, request_id)}
    assert set(desk.files.names()) == rows
    for document_id in rows:
        assert letters.read_document(desk, document_id).content.startswith(b"%PDF")


def test_the_documents_come_in_the_order_of_the_requests_and_without_content(
    desk: Desk, avery: Person
) -> None:
    ids = post_requests(desk, avery, MANY)
    watcher = StopAfter(10**6)
    made = letters.generate(desk, avery.id, actor=OWNER, progress=watcher)
    assert [document.request_id for document in made] == ids
    assert not any(document.content for document in made)
    assert watcher.told[:MANY] == [(0, MANY)] * MANY, "first everything is checked"
    assert watcher.told[MANY:] == [(done, MANY) for done in range(1, MANY + 1)]
    whole(desk, avery)


@pytest.mark.parametrize("after", [1, 4, 6, MANY - 1])
def test_stopped_in_the_middle_what_is_made_stays_and_the_rest_is_made_later(
    desk: Desk, avery: Person, after: int
) -> None:
    ids = post_requests(desk, avery, MANY)
    with pytest.raises(Cancelled, match=f"{after} of {MANY} documents") as caught:
        letters.generate(desk, avery.id, actor=OWNER, progress=StopAfter(after))
    assert (caught.value.done, caught.value.total) == (after, MANY)
    assert prepared(desk, avery) == set(ids[:after])
    whole(desk, avery)
    before = {one: letters.documents_of(desk, one)[0].sha256 for one in ids[:after]}
    watcher = StopAfter(10**6)
    made = letters.generate(desk, avery.id, actor=OWNER, progress=watcher)
    assert {d.request_id: d.sha256 for d in made[:after]} == before
    assert watcher.told[MANY] == (after + 1, MANY), "what is there already counts as done"
    assert prepared(desk, avery) == set(ids)
    whole(desk, avery)


def test_stopped_while_checking_nothing_is_made(desk: Desk, avery: Person) -> None:
    post_requests(desk, avery, 3)
    with pytest.raises(Cancelled):
        letters.generate(desk, avery.id, actor=OWNER, progress=StopAfter(0))
    assert desk.files.names() == ()


def test_whoever_stops_after_the_last_one_stops_nothing(desk: Desk, avery: Person) -> None:
    post_requests(desk, avery, 5)
    assert len(letters.generate(desk, avery.id, actor=OWNER, progress=StopAfter(5))) == 5


def test_a_full_disk_keeps_the_steps_before_it_and_no_half_of_one(
    desk: Desk, avery: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = post_requests(desk, avery, MANY)
    put, written = SealedFiles.put, list[str]()

    def filling(self: SealedFiles, name: str, data: bytes, *, settled: bool) -> str:
        if len(written) == 10:
            raise DiskFull
        written.append(name)
        return put(self, name, data, settled=settled)

    monkeypatch.setattr(SealedFiles, "put", filling)
    with pytest.raises(DiskFull):
        letters.generate(desk, avery.id, actor=OWNER)
    assert prepared(desk, avery) == set(ids[:8]), "two steps of four are whole"
    whole(desk, avery)


def test_one_name_that_cannot_be_written_stops_all_before_anything_is_kept(
    desk: Desk, avery: Person
) -> None:
    ids = post_brokers(desk, 6)
    registry = desk.registry
    unwritable = replace(registry.get("post-0005"), operator="Post 𒀀 Inc.")
    desk.library.__dict__["registry"] = Registry(
        {**registry.brokers, "post-0005": unwritable}, registry.checked)
    requests.create_requests(desk, avery.id, ids, actor=OWNER)
    with pytest.raises(UnwritableText, match="CUNEIFORM"):
        letters.generate(desk, avery.id, actor=OWNER)
    assert desk.files.names() == ()
    assert prepared(desk, avery) == set()


def test_whoever_changes_the_person_meanwhile_gets_no_letter_of_before(
    desk: Desk, avery: Person
) -> None:
    ids = post_requests(desk, avery, 8)

    class Changing(StopAfter):
        def advance(self, done: int, total: int) -> None:
            self.told.append((done, total))
            if done == 5:
                people.update_person(
                    desk, replace(avery, names=(PersonName("Ava", "Other"),)), actor=OWNER)

    with pytest.raises(Refused, match="changed in another window"):
        letters.generate(desk, avery.id, actor=OWNER, progress=Changing(0))
    assert prepared(desk, avery) == set(ids[:4])
    assert len(desk.files.names()) == 4
    made = letters.generate(desk, avery.id, request_ids=ids[4:], actor=OWNER)
    assert len(made) == 4


class Emptying:
    """Empties the caches of the documents, whose size is fixed, and so keeps out what they hold.

    Every few letters only: to fill them again is most of the work.
    """

    def __init__(self) -> None:
        self.told = 0

    def advance(self, done: int, total: int) -> None:
        assert done <= total
        self.told += 1
        if self.told % 10:
            return
        for name, module in list(sys.modules.items()):
            for value in vars(module).values() if name.startswith("optout.documents.") else ():
                if hasattr(value, "cache_clear") and value.cache_info().maxsize:
                    value.cache_clear()


@pytest.mark.slow
def test_memory_does_not_grow_with_the_letters(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preparing, "STEP", 20)
    peaks: list[int] = []

    def written(count: int) -> Path:
        person = people.add_person(desk, californian(), actor=OWNER)
        post_requests(desk, person, count)
        folder, emptying = tmp_path / person.id, Emptying()
        tracemalloc.start()
        try:
            made = letters.generate(desk, person.id, actor=OWNER, progress=emptying)
            letters.write_documents(desk, made, folder, progress=emptying)
            peaks.append(tracemalloc.get_traced_memory()[1])
        finally:
            tracemalloc.stop()
        return folder

    few, many = 20, 120
    written(few)
    written(few)  # the first pays for fonts and templates
    size = sum(path.stat().st_size for path in written(many).iterdir()) / many
    each = (peaks[2] - peaks[1]) / (many - few)
    assert each < size / 2, f"{each:,.0f} bytes for each letter more: {peaks}"


CHILD = """
import sys
from pathlib import Path
from optout.clock import HandClock
from optout.services import letters, preparing
from optout.services.desk import Library
from optout.services.instance import Instance
from optout.settings import Settings
from tests.conftest import MONDAY
from tests.services.conftest import BROKERS, PASSPHRASE
from tests.services.post import post_brokers

folder, person, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
settings = Settings(instance=folder)
desk = Instance(settings, HandClock(MONDAY), Library(settings, brokers_file=BROKERS)).unlock(
    PASSPHRASE)
post_brokers(desk, count)
preparing.STEP = 4
print("ready", flush=True)
letters.generate(desk, person, actor="owner")
"""


@pytest.mark.slow
@pytest.mark.parametrize("seen", [1, 7, 13])
def test_killed_in_the_middle_every_row_has_its_file_and_stray_files_are_swept(
    instance: Instance, avery: Person, make_instance: MakeInstance, seen: int,
) -> None:
    post_requests(instance.desk, avery, 60)
    instance.lock()
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(instance.folder), avery.id, "60"],
        stdout=subprocess.PIPE, cwd=Path(__file__).parents[2])
    assert child.stdout is not None
    assert child.stdout.readline() == b"ready\n"
    files = instance.folder / "files"
    while sum(1 for _ in files.iterdir()) < seen and child.poll() is None:
        time.sleep(0.002)
    child.kill()
    assert child.wait(60) != 0, "it ended before it was killed"
    child.stdout.close()
    again = make_instance(instance.folder)
    opened = again.unlock(PASSPHRASE)
    post_brokers(opened, 60)
    with opened.store.reading() as session:
        named = documents.sealed_names(session)
    assert named <= set(opened.files.names())
    for path in files.iterdir():  # a day later
        old = time.time() - 3 * 86_400
        os.utime(path, (old, old))
    housekeeping.remove_orphans(opened)
    whole(opened, avery)
    letters.generate(opened, avery.id, actor=OWNER)
    assert len(prepared(opened, avery)) == 60
    whole(opened, avery)
