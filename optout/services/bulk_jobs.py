"""Long work in the background of the running app: watched, stopped, gone with the process."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from optout.domain.document import MadeFile
from optout.domain.errors import Cancelled, NotFound, OptoutError, Refused
from optout.domain.reference import new_id
from optout.services.desk import Desk
from optout.services.progress_bar import Progress

Work = Callable[[Progress], tuple[MadeFile, ...]]
"""What a job does; it gives the files that it made, if it made some."""

_MOST_KEPT = 20
_LONGEST_WAIT = 30.0
"""Seconds until a job that was told to stop has finished the letter that it was making."""

_UNEXPECTED = ("Something went wrong inside optout; this should not happen. “optout doctor” shows "
               "whether all is well.")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class BulkState:
    """How far a job has come.

    Args:
        done: pieces that are whole; for documents: and kept.
        total: of how many; 0 until it is known.
        finished: it runs no more: all is made, or it was stopped, or it failed.
        cancelled: it was stopped, or is about to stop.
        error: why it failed, with the remedy; empty where it did not.
    """

    done: int = 0
    total: int = 0
    finished: bool = False
    cancelled: bool = False
    error: str = ""


@dataclass
class _Job:
    """One job; `state` is replaced as a whole, so that readers need no lock."""

    id: str
    person_id: str
    instance: Path
    state: BulkState = BulkState()
    files: tuple[MadeFile, ...] = ()
    stop: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None

    def advance(self, done: int, total: int) -> None:
        self.state = replace(self.state, done=done, total=total)
        if self.stop.is_set():
            raise Cancelled(done=done, total=total)


_jobs: dict[str, _Job] = {}
_guard = threading.Lock()


def start(desk: Desk, person_id: str, request_ids: Sequence[str] | None, *, actor: str) -> str:
    """Begin to make the documents of a person's requests, and give the job's id at once.

    Args:
        desk: the opened data; one job at a time works on it.
        person_id: whose requests.
        request_ids: of which; None for all that have not left.
        actor: who makes them.

    Raises:
        Refused: while another job works on the same data.
    """
    from optout.services import letters

    ids = None if request_ids is None else tuple(request_ids)

    def work(progress: Progress) -> tuple[MadeFile, ...]:
        letters.generate(desk, person_id, request_ids=ids, actor=actor, progress=progress)
        return ()

    return begin(desk, person_id, work)


def begin(desk: Desk, person_id: str, work: Work) -> str:
    """Begin some work for a person, and give the job's id at once.

    The files that it makes are kept in memory until the next job makes some, or the data is
    locked.

    Raises:
        Refused: while another job works on the same data.
    """
    job = _Job(new_id("J", 10), person_id, desk.settings.instance)
    with _guard:
        mine = [one for one in _jobs.values() if one.instance == job.instance]
        if any(not one.state.finished for one in mine):
            raise Refused("Other letters are being prepared at this moment.",
                          remedy="Wait until they are ready, or stop them: “Print letters” "
                                 "leads there.")
        for one in mine:
            one.files = ()
        _forget_the_oldest()
        _jobs[job.id] = job
    job.thread = threading.Thread(
        target=_work, args=(job, work), name=f"bulk-{job.id}", daemon=True)
    job.thread.start()
    return job.id


def files_of(job_id: str) -> tuple[MadeFile, ...]:
    """The files that a job made; none while it runs, and none of a job that was stopped.

    Raises:
        NotFound: when there is no such job.
    """
    return _job(job_id).files


def at_hand(desk: Desk, person_id: str) -> str:
    """The id of the job that runs now, or whose files are kept for a person; empty for none."""
    with _guard:
        return next((job.id for job in _jobs.values()
                     if job.instance == desk.settings.instance
                     and (not job.state.finished or (job.files and job.person_id == person_id))),
                    "")


def state_of(job_id: str) -> BulkState:
    """How far a job has come.

    Raises:
        NotFound: when there is no such job, or not any more: jobs die with the process.
    """
    return _job(job_id).state


def person_of(job_id: str) -> str:
    """Whose documents a job makes.

    Raises:
        NotFound: when there is no such job.
    """
    return _job(job_id).person_id


def cancel(job_id: str) -> None:
    """Ask a job to stop after the document that it is making; one that is over stays as it is.

    Raises:
        NotFound: when there is no such job.
    """
    job = _job(job_id)
    job.stop.set()


def stop_all(desk: Desk) -> None:
    """Stop what works on this data and wait for it: the data is about to be locked."""
    with _guard:
        mine = [job for job in _jobs.values()
                if job.instance == desk.settings.instance and not job.state.finished]
    for job in mine:
        job.stop.set()
    for job in mine:
        if job.thread is not None and job.thread is not threading.current_thread():
            job.thread.join(_LONGEST_WAIT)
    with _guard:
        for job in _jobs.values():
            if job.instance == desk.settings.instance:
                job.files = ()  # letters in the clear do not outlive the key


def _work(job: _Job, work: Work) -> None:
    try:
        made = work(job)
    except Cancelled as stopped:
        job.state = BulkState(stopped.done, stopped.total, finished=True, cancelled=True)
    except OptoutError as error:
        job.state = replace(job.state, finished=True, error=str(error))
    except Exception:  # noqa: BLE001 - whoever waits for the job must hear of it
        _log.exception("a job failed")
        job.state = replace(job.state, finished=True, error=_UNEXPECTED)
    else:
        stopped_late = bool(made) and job.stop.is_set()  # the data may be locked by now
        job.files = () if stopped_late else made
        job.state = replace(job.state, done=job.state.total, finished=True,
                            cancelled=stopped_late)


def _job(job_id: str) -> _Job:
    with _guard:
        if job_id not in _jobs:
            raise NotFound("There is no such work any more.",
                           remedy="What was ready when it ended stays prepared: look at the "
                                  "requests.")
        return _jobs[job_id]


def _forget_the_oldest() -> None:
    over = [job.id for job in _jobs.values() if job.state.finished]
    for job_id in over[:max(0, len(_jobs) - _MOST_KEPT + 1)]:
        del _jobs[job_id]
