"""A batch from draft to paper: planned, composed, drawn, sealed, stored, written, bound.

The whole path of one person's letters, each to another broker by post. What one step takes hangs
on the disk as well (two waits for it for each letter), so that the CPU alone is measured.
"""

from __future__ import annotations

import tempfile
import time
import tracemalloc
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from benchmarks.requests import desk_in
from optout.domain.actor import OWNER
from optout.domain.broker import Broker
from optout.domain.document_words import LabelSheet
from optout.domain.words import BrokerStatus, Channel, Role
from optout.registry.registry import Registry
from optout.services import batches, demo, letters, people, plans, requests
from optout.services.desk import Desk

COUNTS = (100, 1_000)
MEASURED = (50, 200)
"""Letters for which memory is traced; that is slow."""


@dataclass(frozen=True)
class _Run:
    """Letters made, seconds of CPU for each part, and bytes of the file to print."""

    letters: int
    prepared: float
    written: float
    read: float
    bound: float
    size: int


def run() -> None:
    """Print the speed at two sizes, and what each letter more costs in memory."""
    print("\nA batch of letters, each to another broker (CPU seconds)")
    with tempfile.TemporaryDirectory() as folder, desk_in(Path(folder)) as desk:
        brokers = _posted(desk, max(COUNTS))
        _whole(desk, brokers[:20], Path(folder) / "warm")
        for count in COUNTS:
            found = _whole(desk, brokers[:count], Path(folder) / str(count))
            path = found.prepared + found.written
            print(f"  {found.letters:>5,} letters: {found.letters / path:,.0f} a second; prepared "
                  f"{found.prepared:.2f}, written {found.written:.2f}, read for the lists "
                  f"{found.read:.2f}, one file {found.bound:.2f} "
                  f"({found.size / found.letters:,.0f} bytes a letter)")
        peaks = [_peak(desk, brokers[:count]) for count in MEASURED]
    each = (peaks[1] - peaks[0]) / (MEASURED[1] - MEASURED[0])
    print(f"  peak memory: {peaks[0] / 1e6:.1f} MB at {MEASURED[0]}, {peaks[1] / 1e6:.1f} MB at "
          f"{MEASURED[1]} letters: {each / 1e3:.1f} kB for each more")


def _posted(desk: Desk, count: int) -> list[Broker]:
    """So many brokers that take requests by post, made of those of the registry."""
    registry = desk.registry
    models = [(broker, procedure) for broker in registry.all() for procedure in broker.procedures
              if broker.status is BrokerStatus.ACTIVE and broker.role is Role.BROKER
              and broker.country == "US" and procedure.channel is Channel.POSTAL_MAIL
              and procedure.address is not None and procedure.address.country == "US"]
    made = []
    for number in range(count):
        broker, procedure = models[number % len(models)]
        assert procedure.address is not None
        address = replace(procedure.address, lines=(f"{number + 1} Invented Plaza",))
        made.append(replace(
            broker, id=f"posted-{number}", name=f"Posted {number}",
            operator=f"Posted {number} Inc.", covers=(),
            procedures=(replace(procedure, address=address),)))
    desk.library.__dict__["registry"] = Registry(
        {**registry.brokers, **{one.id: one for one in made}}, registry.checked)
    return made


def _asked(desk: Desk, brokers: list[Broker]) -> str:
    """A new person who asks all of them."""
    person = people.add_person(desk, demo.sample_person(), actor=OWNER)
    ids = [broker.id for broker in brokers]
    for action in plans.plan_for(desk, person.id, brokers=ids, channel=Channel.POSTAL_MAIL).actions:
        demo.answer_questions(desk, person.id, action)
    plan = plans.plan_for(desk, person.id, brokers=ids, channel=Channel.POSTAL_MAIL)
    ready = [action.broker.id for action in plan.actions
             if action.may_go_on and action.channel is Channel.POSTAL_MAIL]
    requests.create_requests(desk, person.id, ready, channel=Channel.POSTAL_MAIL, actor=OWNER)
    return person.id


def _whole(desk: Desk, brokers: list[Broker], folder: Path) -> _Run:
    person = _asked(desk, brokers)
    ticks = [time.process_time()]
    made = letters.generate(desk, person, actor=OWNER)
    ticks.append(time.process_time())
    letters.write_documents(desk, made, folder)
    ticks.append(time.process_time())
    pile = batches.pile_of(desk, person)
    ticks.append(time.process_time())
    file = batches.batch_pdf(desk, person, pile=pile)
    batches.label_sheet(desk, person, sheet=LabelSheet.AVERY_5160, pile=pile)
    ticks.append(time.process_time())
    prepared, written, read, bound = (after - before for before, after in pairwise(ticks))
    return _Run(len(made), prepared, written, read, bound, len(file.content))


def _peak(desk: Desk, brokers: list[Broker]) -> int:
    person = _asked(desk, brokers)
    tracemalloc.start()
    try:
        letters.generate(desk, person, actor=OWNER)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
