"""The whole job for a fictional Californian: real brokers, real documents, nothing sent.

The person lives in a throw-away data folder and under a clock that is moved by hand, so that
three weeks of replies and follow-ups happen in a few seconds.
"""

from __future__ import annotations

import secrets
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.domain.person import ContactPoint, Person, PersonName
from optout.domain.places import PersonAddress, PostalAddress, Residence
from optout.domain.plan import Action
from optout.domain.request import FollowUp, Request, RequestFile
from optout.domain.words import ActionKind, BrokerStatus, Channel, Event, FollowUpState, GateLevel
from optout.services import calendar, letters, people, plans, requests
from optout.services.desk import Desk, Library
from optout.services.instance import Instance
from optout.services.sweep import sweep
from optout.settings import Settings
from optout.vault.atomic import write_whole

CALENDAR = "follow-ups.ics"
_NO_REQUEST = frozenset({ActionKind.LOOK, ActionKind.HYGIENE})

AT_HOME = frozenset({"", "US"})
"""Where the brokers sit that a Californian asks; the registry knows European ones too."""


Tell = Callable[[int, int], None]


def _quiet(_done: int, _total: int) -> None:
    """Nobody wants to know how far it is."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happens to a request so many days after the documents were made."""

    after: int
    event: Event
    until: int | None = None
    """For an extension or a confirmation link: its end, in days after the beginning."""


SENT = Step(0, Event.MARK_SENT)
STORIES: tuple[tuple[Step, ...], ...] = (
    (SENT,),
    (SENT, Step(2, Event.ACKNOWLEDGE)),
    (SENT, Step(1, Event.NEEDS_CONFIRMATION, until=8), Step(1, Event.CONFIRM_LINK_USED),
     Step(9, Event.CLAIM_REMOVED)),
    (SENT, Step(1, Event.BOUNCE)),
    (SENT, Step(6, Event.CLAIM_REMOVED), Step(8, Event.LOOK_NOT_FOUND),
     Step(16, Event.LOOK_NOT_FOUND)),
    (SENT, Step(4, Event.DEMAND_IDENTITY)),
    (),
    (SENT, Step(3, Event.ACKNOWLEDGE), Step(20, Event.CLAIM_NO_RECORD)),
    (SENT, Step(12, Event.REFUSE)),
    (SENT, Step(5, Event.REDIRECT)),
    (SENT, Step(15, Event.EXTEND, until=90)),
    (SENT, Step(10, Event.CLAIM_SUPPRESSED), Step(19, Event.LOOK_LISTED)),
)
"""What brokers do; the requests of each channel live through one story after another."""

_COMES_BACK = frozenset({Channel.EMAIL, Channel.POSTAL_MAIL})
"""The channels on which something can come back as undeliverable."""

FIRST = frozenset({"crucial", "high"})
MOST_ASKED = 150
"""The demo shows the job; the registry knows many times as many, and asking all takes minutes."""

LAST_DAY = 21
"""Days after the beginning on which the demo ends."""


def sample_person() -> Person:
    """Somebody who does not exist: example.com, a 555-01xx number, a street of that name."""
    home = PostalAddress(("100 Fictional Way",), "San Francisco", "US", "CA", "94102")
    earlier = PostalAddress(("7 Imaginary Court",), "Sacramento", "US", "CA", "95814")
    return Person(
        names=(PersonName("Avery", "Sample"),),
        residences=(Residence("US-CA"),),
        emails=(ContactPoint("avery.sample@example.com"),),
        phones=(ContactPoint("+14155550142"),),
        addresses=(PersonAddress(home, current=True),
                   PersonAddress(earlier, valid_to=date(2019, 6, 30))),
        date_of_birth=date(1985, 4, 12),
        reply_email="optout.sample@example.com",
        reply_address=PostalAddress(("PO Box 0",), "San Francisco", "US", "CA", "94102"),
        sample=True)


def run_in_throwaway(out: Path, day: date, tell: Tell = _quiet) -> dict[str, Any]:
    """The demo in a data folder that is made for it and removed afterwards.

    Args:
        out: where the documents and the calendar go; absolute.
        day: the day on which the documents are made.
        tell: is told how many of the days are over.

    Raises:
        DiskFull: when there is no room for the documents.
        Refused: when `out` holds other files of the same names.
    """
    with tempfile.TemporaryDirectory(prefix="optout-demo-") as folder:
        settings = Settings(instance=Path(folder) / "instance")
        clock = HandClock(day)
        instance = Instance(settings, clock, Library(settings))
        desk = instance.create(secrets.token_urlsafe(24))
        try:
            return run_demo(desk, clock, out, tell)
        finally:
            instance.lock()


def run_demo(desk: Desk, clock: HandClock, out: Path, tell: Tell = _quiet) -> dict[str, Any]:
    """The demo at an open desk.

    Args:
        desk: open, with nobody in it yet.
        clock: the desk’s own clock; it ends `LAST_DAY` days later.
        out: where the documents and the calendar go; absolute.
        tell: is told how many of the days are over.

    Returns:
        The shape of `optout demo` (DESIGN, The command line).
    """
    begin = clock.today()
    person = people.add_person(desk, sample_person(), actor=OWNER)
    asked = create(desk, person.id, actions(desk, person.id))
    made = letters.generate(desk, person.id, actor=OWNER)
    written = letters.write_documents(desk, made, out)
    live(desk, clock, [item.request for item in asked], tell)
    sweep(desk)
    write_whole(out / CALENDAR, b"".join(calendar.calendar_file(desk)))
    files = [requests.get_request(desk, item.request.id) for item in asked]
    return {
        "person": {"id": person.id, "name": person.main_name.full,
                   "residences": [place.code for place in person.residences]},
        "requests": [_request(item) for item in files],
        "documents": [{"request": item.request, "broker": item.broker,
                       "kind": str(item.kind), "path": str(item.path), "sha256": item.sha256}
                      for item in written],
        "followups": [_follow_up(item) for item in _waiting(files)],
        "calendar": str(out / CALENDAR),
        "from": begin.isoformat(), "to": clock.today().isoformat(),
    }


def actions(desk: Desk, person_id: str) -> tuple[Action, ...]:
    """What the plan has for this person, after every question that may be answered was.

    What is blocked, or lacks a fact (such as the address of a listing), is left out.
    """
    near = [broker for broker in desk.registry.all()
            if broker.status is BrokerStatus.ACTIVE and broker.country in AT_HOME]
    near.sort(key=lambda broker: broker.priority not in FIRST)
    asked = [broker.id for broker in near[:MOST_ASKED]]
    for action in plans.plan_for(desk, person_id, brokers=asked).actions:
        answer_questions(desk, person_id, action)
    plan = plans.plan_for(desk, person_id, brokers=asked)
    return tuple(action for action in plan.actions
                 if action.may_go_on and action.kind not in _NO_REQUEST)


def answer_questions(desk: Desk, person_id: str, action: Action) -> None:
    """Say yes to every question that holds an action back and that a yes can open.

    Nothing is answered about what is blocked: no yes would help, and a yes to one question (such
    as whether drafts to agencies are wanted) could open another way than the demo’s.
    """
    if any(gate.level is GateLevel.BLOCK for gate in action.gates):
        return
    for gate in action.gates:
        if gate.holds and gate.level is GateLevel.CONFIRM:
            plans.answer_gate(desk, person_id, gate.id, scope=gate.scope, accepted=True,
                              actor=OWNER)


def create(
    desk: Desk, person_id: str, chosen: Sequence[Action]
) -> tuple[RequestFile, ...]:
    """The requests of these actions, all at once."""
    return requests.create_requests(
        desk, person_id, [action.broker.id for action in chosen], actor=OWNER)


def live(
    desk: Desk, clock: HandClock, asked: Sequence[Request], tell: Tell = _quiet
) -> None:
    """Let the days pass and the brokers answer, each by the next story of its channel."""
    begin = clock.today()
    days: dict[int, list[tuple[str, Step]]] = defaultdict(list)
    stories: dict[Channel, Iterator[tuple[Step, ...]]] = defaultdict(lambda: cycle(STORIES))
    for request in asked:
        for step in next(stories[request.channel]):
            if step.event is not Event.BOUNCE or request.channel in _COMES_BACK:
                days[step.after].append((request.id, step))
    for after in range(LAST_DAY + 1):
        tell(after, LAST_DAY)
        for request_id, step in days[after]:
            until = None if step.until is None else begin + timedelta(days=step.until)
            requests.mark(desk, request_id, step.event.value, until=until, actor=OWNER)
        if after < LAST_DAY:
            clock.forward(days=1)


def _waiting(files: Sequence[RequestFile]) -> list[FollowUp]:
    """The follow-ups that are still to be done, the first due first."""
    open_states = (FollowUpState.WAITING, FollowUpState.RAISED)
    found = [item for file in files for item in file.follow_ups if item.state in open_states]
    return sorted(found, key=lambda item: (item.due_on, item.kind.value))


def _request(file: RequestFile) -> dict[str, Any]:
    request = file.request
    return {"id": request.id, "broker": request.broker_id, "law": request.footing.law,
            "right": request.footing.right.value, "channel": request.channel.value,
            "standing": request.standing.value,
            "claim": request.claim.value if request.claim else None}


def _follow_up(item: FollowUp) -> dict[str, Any]:
    return {"request": item.request_id, "kind": item.kind.value,
            "due_on": item.due_on.isoformat(), "why": item.why}
