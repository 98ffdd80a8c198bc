"""What must hold after a kill, before and after the next run finished the work."""

from __future__ import annotations

import hashlib
import os
import time
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import sqlalchemy as sa

from optout.domain.mail import MailState
from optout.domain.words import FollowUpState
from optout.services import consistency, housekeeping, letters
from optout.services.folder import FILES_FOLDER
from optout.store import audit, documents, evidence, outbox, replies, signatures, sweeping
from optout.store import followups as tasks
from optout.store import requests as rows
from tests.torture import works
from tests.torture.works import DAYS_OF_REMINDERS, MANY, WORKS, Bench, message

if TYPE_CHECKING:
    from tests.mail_server import Post

OPEN = (FollowUpState.WAITING, FollowUpState.RAISED)


def faults(work: str, bench: Bench, post: Post | None, whole: Counter[str]) -> Iterator[str]:
    """Restart, look, let the next run finish the work, look again.

    Args:
        work: what was killed.
        bench: the folder, in this process, closed.
        post: what reached the mail server.
        whole: what `finished` gives of a folder where nobody was killed.
    """
    _restart(work, bench)
    yield from _always(bench)
    yield from _whole_files(bench, finished=False)
    found = _finish(work, bench)
    yield from (f"{what}: {whole[what]} without a kill, {found[what]} after it"
                for what in sorted(found | whole) if found[what] != whole[what])
    yield from _always(bench)
    yield from _whole_files(bench, finished=True)
    yield from _done(work, bench)
    if post is not None:
        yield from _mails(bench, post)
    bench.instance.lock()


def finished(work: str, bench: Bench) -> Counter[str]:
    """What there is when the next run finished the work, by company instead of by chance ids."""
    _restart(work, bench)
    return _finish(work, bench)


def _restart(work: str, bench: Bench) -> None:
    works.ready(bench, WORKS[work])
    if not bench.instance.is_open:
        bench.unlock()


def _finish(work: str, bench: Bench) -> Counter[str]:
    """Do the work to its end; each request and each task, with or without one, as it then is."""
    WORKS[work].do(bench)
    bench.instance.sweep()
    found = Counter(f"{one.broker_id} is {one.standing}, {one.claim}" for one in bench.requests)
    with bench.desk.store.reading() as session:
        found.update(
            f"{row.broker_id}: {row.kind} for {row.due_on}, from {row.show_on} on, {row.state}"
            for row in session.execute(sa.text("SELECT * FROM follow_up")))
    return found


def _always(bench: Bench) -> Iterator[str]:
    yield from consistency.problems(bench.desk)
    with bench.desk.store.reading() as session:
        raised = Counter(entry.subject for entry in audit.latest(session, 100_000)
                         if entry.act == sweeping.ACT)
        of = [task for request in rows.every(session, bench.person)
              for task in tasks.of_request(session, request.id)]
    yield from (f"{one} was raised {times} times" for one, times in raised.items() if times > 1)
    yield from (f"{task.id} is raised without a trace" for task in of
                if task.state is FollowUpState.RAISED and not raised[task.id])


def _whole_files(bench: Bench, *, finished: bool) -> Iterator[str]:
    """Sealed files have their rows, and rows their files; what was written out is whole."""
    place = bench.instance.folder / FILES_FOLDER
    if finished:
        old = time.time() - 3 * 86_400
        for path in place.rglob("*"):
            os.utime(path, (old, old))
        housekeeping.remove_orphans(bench.desk)
    with bench.desk.store.reading() as session:
        named = frozenset[str]().union(*(
            kept.sealed_names(session) for kept in (documents, replies, evidence, signatures)))
    there = frozenset(bench.desk.files.names())
    yield from (f"the sealed file {name} is missing" for name in named - there)
    if finished:
        yield from (f"the sealed file {name} is nobody’s" for name in there - named)
    known = set()
    for request in bench.requests:
        for document in letters.documents_of(bench.desk, request.id):
            content = letters.read_document(bench.desk, document.id).content
            if hashlib.sha256(content).hexdigest() != document.sha256:
                yield f"{document.id} is not what was kept"
            known.add((document.file_name, document.sha256))
    if bench.out.is_dir():
        for path in bench.out.iterdir():
            yield from _written(path.name, path.read_bytes(), known)


def _written(name: str, content: bytes, known: set[tuple[str, str]]) -> Iterator[str]:
    if name.startswith("."):
        return  # of a file that was never put in place
    whole = (name, hashlib.sha256(content).hexdigest()) in known
    if not whole and not (name.endswith(".pdf") and content.rstrip().endswith(b"%%EOF")):
        yield f"{name} is half a file"


def _done(work: str, bench: Bench) -> Iterator[str]:
    """The next run brought the work to its end, and did nothing twice."""
    found = bench.requests
    if len(found) != MANY or len({one.broker_id for one in found}) != MANY:
        yield f"there are {len(found)} requests instead of {MANY}"
    with bench.desk.store.reading() as session:
        for request in found:
            events = Counter(entry.event.value for entry in rows.events(session, request.id))
            yield from (f"{request.id} has {event} {times} times"
                        for event, times in events.items() if times > 1)
            yield from (f"{task.id} was not raised"
                        for task in tasks.of_request(session, request.id)
                        if task.state is FollowUpState.WAITING
                        and task.shown_on <= bench.clock.today())
            if work == "import":
                kept = replies.of_request(session, request.id)
                if [one.sha256 for one in kept] != [
                        hashlib.sha256(message(request.id)).hexdigest()]:
                    yield f"{request.id} has {len(kept)} replies instead of one"
            if work.startswith("generate") and not letters.documents_of(bench.desk, request.id):
                yield f"{request.id} has no document"


def _mails(bench: Bench, post: Post) -> Iterator[str]:
    """None was sent twice, and of each day one left, or nobody knows whether it did."""
    with bench.desk.store.reading() as session:
        written = outbox.latest(session, most=100)
    if len(written) != DAYS_OF_REMINDERS:
        yield f"{len(written)} reminders were written in {DAYS_OF_REMINDERS} days"
    yield from (f"{mail.id} is {mail.state} and reached nobody" for mail in written
                if mail.raw not in post.mails and mail.state is not MailState.UNCERTAIN)
    ids = Counter(next(line for line in mail.split(b"\r\n") if line.lower().startswith(
        b"message-id:")).decode() for mail in post.mails)
    yield from (f"{one} was sent {times} times" for one, times in ids.items() if times > 1)
    days = Counter(next(line for line in mail.split(b"\r\n") if line.lower().startswith(
        b"date:"))[:22].decode() for mail in post.mails)
    yield from (f"{times} reminders were sent on {day}" for day, times in days.items() if times > 1)
