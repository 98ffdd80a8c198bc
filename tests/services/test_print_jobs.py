"""A pile made ready in the background: all files or none, and none after the lock."""

from __future__ import annotations

import threading

import pytest

from optout.domain.actor import OWNER
from optout.domain.document import MadeFile
from optout.domain.document_words import LabelSheet
from optout.domain.errors import Cancelled
from optout.domain.person import Person
from optout.services import bulk_jobs, letters
from optout.services.desk import Desk
from optout.services.print_jobs import PrintWish, print_files, start_printing
from optout.services.progress_bar import Progress
from tests.services.post import post_requests


class Watcher:
    """Keeps what it is told; stops the work at some piece."""

    def __init__(self, last: int = 1_000) -> None:
        self.seen: list[tuple[int, int]] = []
        self.last = last

    def advance(self, done: int, total: int) -> None:
        self.seen.append((done, total))
        if done >= self.last:
            raise Cancelled(done=done, total=total)


@pytest.fixture
def ids(desk: Desk, avery: Person) -> list[str]:
    """Three letters that are ready."""
    made = post_requests(desk, avery, 3)
    letters.generate(desk, avery.id, request_ids=made, actor=OWNER)
    return list(made)


def test_all_files_are_made_and_the_bar_moves_once(
    desk: Desk, avery: Person, ids: list[str]
) -> None:
    watcher = Watcher()
    made = print_files(desk, avery.id, ids, PrintWish(duplex=True, sheet=LabelSheet.L7160, skip=4),
                       watcher)
    assert {"labels.pdf", "mail-list.pdf", "manifest.pdf"} < {one.file_name for one in made}
    assert all(one.content.startswith(b"%PDF-") for one in made)
    assert watcher.seen == sorted(watcher.seen)
    assert watcher.seen[-1] == (6, 6)


def test_what_is_stopped_leaves_no_file(desk: Desk, avery: Person, ids: list[str]) -> None:
    for last in (2, 5):
        with pytest.raises(Cancelled):
            print_files(desk, avery.id, ids, PrintWish(), Watcher(last))


def test_what_ends_after_it_was_stopped_leaves_no_file(desk: Desk, avery: Person) -> None:
    begun = threading.Event()
    go_on = threading.Event()

    def work(_progress: Progress) -> tuple[MadeFile, ...]:
        begun.set()
        assert go_on.wait(30)
        return (MadeFile("letters.pdf", "application/pdf", b"%PDF-"),)

    job = bulk_jobs.begin(desk, avery.id, work)
    assert begun.wait(30)
    bulk_jobs.cancel(job)
    go_on.set()
    thread = bulk_jobs._jobs[job].thread
    assert thread is not None
    thread.join(30)
    assert bulk_jobs.state_of(job).cancelled
    assert bulk_jobs.files_of(job) == ()


def test_files_are_gone_once_the_data_is_locked(
    desk: Desk, avery: Person, ids: list[str]
) -> None:
    job = start_printing(desk, avery.id, ids, PrintWish())
    thread = bulk_jobs._jobs[job].thread
    assert thread is not None
    thread.join(30)
    assert bulk_jobs.files_of(job)
    bulk_jobs.stop_all(desk)
    assert bulk_jobs.files_of(job) == ()
