"""What is killed in the middle: each piece of long work, as a process of its own does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from optout.domain.actor import OWNER
from optout.domain.document_words import DocumentKind
from optout.domain.mail import MailSecurity, MailServer
from optout.domain.request import Request
from optout.domain.words import Standing
from optout.services import (
    answers,
    batches,
    letters,
    mail_settings,
    people,
    reminder_settings,
    reminders,
    requests,
    sweep,
)
from optout.services.desk import Desk, Library
from optout.services.instance import Instance
from optout.services.mail_settings import MailSettings
from optout.services.paper_files import write_documents, write_made
from optout.settings import Settings
from optout.store import requests as rows
from optout.vault.keyfile import CHEAP
from tests.clocks import SetClock
from tests.conftest import MONDAY
from tests.everyone import every_person
from tests.factories import californian
from tests.law.samples import book
from tests.services.conftest import BROKERS, PASSPHRASE

LATER = MONDAY + timedelta(days=120)
"""When every task of what was sent on Monday is due."""

MANY = 12
"""Requests: enough that each work has many moments, few enough for a copy of the folder."""

CHUNK = 3
"""Tasks of a sweep in one transaction, so that it has as many moments as one of thousands."""

DAYS_OF_REMINDERS = 10


@dataclass
class Bench:
    """A folder at work.

    Args:
        folder: with `instance`, `brokers.yaml`, and `out` for files.
        port: of the mail server; 0 where there is none.
    """

    folder: Path
    port: int = 0

    def __post_init__(self) -> None:
        self.clock = SetClock(MONDAY)
        settings = Settings(instance=self.folder / "instance")
        library = Library(settings, brokers_file=self.folder / "brokers.yaml")
        library.__dict__["packaged_laws"] = book()  # read once for all
        self.instance = Instance(settings, self.clock, library, cost=CHEAP)

    @property
    def desk(self) -> Desk:
        """The opened data."""
        return self.instance.desk

    @property
    def out(self) -> Path:
        """Where files are written to."""
        return self.folder / "out"

    @property
    def person(self) -> str:
        """The only person."""
        return every_person(self.desk)[0].id

    @property
    def requests(self) -> tuple[Request, ...]:
        """Every request, oldest first."""
        with self.desk.store.reading() as session:
            return tuple(rows.every(session, self.person))

    def unlock(self) -> None:
        """Open the data."""
        self.instance.unlock(PASSPHRASE)


def brokers(folder: Path) -> tuple[str, ...]:
    """Write a registry of as many brokers as there are requests; gives their ids."""
    text = BROKERS.read_text("utf-8")
    head, *parts = text.split("\n- id: ")
    kinds = {name: f"\n- id: {part}" for part in parts
             for name in ("quick-mail", "slow-post") if part.startswith(f"{name}\n")}
    ids, made = [], [head]
    for number in range(MANY):
        name = "slow-post" if number % 2 else "quick-mail"
        ids.append(f"{name}-{number}")
        bare = name.replace("-", "")
        spoken = name.title().replace("-", " ")
        made.append(kinds[name].rstrip().replace(name, ids[-1]).replace(
            f"{bare}.example", f"{bare}{number}.example").replace(
                spoken, f"{spoken} {number}") + "\n")
    (folder / "brokers.yaml").write_text("".join(made) + "\nend: true\n", "utf-8")
    return tuple(ids)


def prepare(folder: Path) -> None:
    """Three folders to be copied: nobody was asked yet, all is drafted, all was sent."""
    for name in ("asked", "drafted", "sent"):
        (folder / name).mkdir()
        ids = brokers(folder / name)
        bench = Bench(folder / name)
        bench.instance.create(PASSPHRASE)
        person = people.add_person(bench.desk, californian(), actor=OWNER)
        if name != "asked":
            requests.create_requests(bench.desk, person.id, ids, actor=OWNER)
        if name == "sent":
            mark_many(bench)
        bench.instance.lock()


def do_sweep(bench: Bench) -> None:
    """The hourly sweep, after months asleep."""
    bench.instance.sweep()


def unlock(bench: Bench) -> None:
    """Opening the data, with the sweep that it brings."""
    bench.unlock()


def create_many(bench: Bench) -> None:
    """A request to each broker, of those that were not asked yet."""
    asked = {request.broker_id for request in bench.requests}
    new = [one for one in bench.desk.registry.brokers
           if one.startswith(("quick-mail", "slow-post")) and one not in asked]
    if new:
        requests.create_requests(bench.desk, bench.person, new, actor=OWNER)


def generate(bench: Bench) -> None:
    """Every document, into a folder."""
    made = letters.prepare(bench.desk, bench.person, actor=OWNER)
    write_documents(bench.desk, made.documents, bench.out, checked=made.checked)


def generate_one_file(bench: Bench) -> None:
    """The same, and the pile to print."""
    made = letters.prepare(bench.desk, bench.person, actor=OWNER)
    write_documents(bench.desk, made.documents, bench.out, checked=made.checked)
    by_post = [one.request_id for one in made.documents if one.kind is DocumentKind.LETTER]
    pile = batches.pile_of(bench.desk, bench.person, by_post, later_ids=(), checked=made.checked)
    write_made(batches.batch_pdf(bench.desk, bench.person, duplex=True, pile=pile), bench.out)


def mark_many(bench: Bench) -> None:
    """Every request is marked as sent."""
    for request in bench.requests:
        if request.standing in (Standing.DRAFT, Standing.READY):
            requests.mark(bench.desk, request.id, "mark_sent", actor=OWNER)


def answer_many(bench: Bench) -> None:
    """Every request is answered and closed: two events each."""
    for request in bench.requests:
        for event in ("claim_removed", "close"):
            if not _has(bench, request.id, event):
                requests.mark(bench.desk, request.id, event, actor=OWNER)


def _has(bench: Bench, request_id: str, event: str) -> bool:
    with bench.desk.store.reading() as session:
        return any(one.event == event for one in rows.events(session, request_id))


def message(request_id: str) -> bytes:
    """What a broker writes back."""
    return (f"From: privacy@quickmail.example\r\nTo: optout.sample@example.com\r\n"
            f"Subject: Re: your request {request_id}\r\nMessage-ID: <{request_id}@broker.example>"
            f"\r\nDate: Tue, 24 Nov 2026 10:00:00 +0000\r\n\r\nWe deleted it. {request_id}\r\n"
            ).encode()


def import_many(bench: Bench) -> None:
    """An answer to each request is read in."""
    for request in bench.requests:
        answers.import_message(bench.desk, message(request.id), actor=OWNER)


def remind(bench: Bench) -> None:
    """The reminders of ten days, each sent on its day."""
    for _ in range(DAYS_OF_REMINDERS):
        reminders.remind(bench.desk)
        bench.clock.forward(days=1)


def with_mail(bench: Bench) -> None:
    """Set the mail server up, before any reminder."""
    if mail_settings.mail_settings(bench.desk) is None:
        server = MailServer("127.0.0.1", bench.port, MailSecurity.PLAIN)
        mail_settings.keep(bench.desk, MailSettings(
            server, "optout.sample@example.com", "avery.sample@example.com"), actor=OWNER)
        reminder_settings.switch_mail_on(bench.desk, accepted=True, actor=OWNER)


@dataclass(frozen=True)
class Work:
    """A piece of work.

    Args:
        do: the work itself; it goes on where it was cut short.
        start: which of the prepared folders it begins with.
        opened: the data is open before it begins.
        late: it happens when everything is due.
    """

    do: Callable[[Bench], None]
    start: str
    opened: bool = True
    late: bool = False
    mails: bool = False


WORKS: Mapping[str, Work] = {
    "sweep": Work(do_sweep, "sent", late=True),
    "unlock sweep": Work(unlock, "sent", opened=False, late=True),
    "create many": Work(create_many, "asked"),
    "generate": Work(generate, "drafted"),
    "generate --one-file": Work(generate_one_file, "drafted"),
    "mark many": Work(mark_many, "drafted"),
    "answer many": Work(answer_many, "sent"),
    "import": Work(import_many, "sent"),
    "reminders": Work(remind, "sent", late=True, mails=True),
}


def ready(bench: Bench, work: Work) -> None:
    """Everything up to the work itself."""
    sweep.CHUNK = CHUNK
    if work.mails:
        bench.unlock()
        with_mail(bench)
    if work.opened and not bench.instance.is_open:
        bench.unlock()
    if work.late:
        bench.clock.set_to(LATER)

