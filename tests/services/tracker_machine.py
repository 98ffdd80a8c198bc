"""Two trackers that are told the same: ours, in two processes, and the small model of it."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import wraps
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from optout.domain.actor import OWNER
from optout.domain.errors import ForbiddenEvent, InvalidInput, Refused
from optout.domain.reference import new_id
from optout.domain.request import FollowUp, RequestFile
from optout.domain.words import FollowUpState, Standing
from optout.lifecycle.outcome import confirmed_gone, relisted
from optout.lifecycle.overdue import overdue_days
from optout.services import consistency, followups, merging, requests
from optout.services.desk import Desk, Library
from optout.services.history import file_of
from optout.services.instance import Instance
from optout.settings import Settings
from optout.store import audit, sweeping
from optout.store import requests as rows
from optout.vault.keyfile import CHEAP
from tests.clocks import SetClock
from tests.conftest import MONDAY
from tests.everyone import every_person
from tests.services.conftest import BROKERS, PASSPHRASE
from tests.services.tracker_model import CLAIM, EVENTS, LOOK, MOVES, Model, Story, Task

FIVE_YEARS = MONDAY + timedelta(days=5 * 365)
NAMES = ("mail-a", "mail-b", "mail-c")
OPEN = (FollowUpState.WAITING, FollowUpState.RAISED)

MOST_REQUESTS = 5


def registry(folder: Path) -> Path:
    """Three brokers like Quick Mail, under names of their own; what is known of them never ages."""
    text = BROKERS.read_text("utf-8").replace("checked: 2026", "checked: 2031")
    head, _, rest = text.partition("- id: quick-mail")
    one = "- id: quick-mail" + rest.partition("\n- id: ")[0]
    clones = "\n".join(one.replace("quick-mail", name).replace("quickmail", name.replace("-", ""))
                       .replace("Quick Mail", name.title().replace("-", " ")) for name in NAMES)
    path = folder / "brokers.yaml"
    path.write_text(f"{head}{clones}\nend: true\n", "utf-8")
    return path


def process(folder: Path, brokers: Path, clock: SetClock) -> Instance:
    """The folder, as a process of its own would have it."""
    chosen = Settings(instance=folder)
    return Instance(chosen, clock, Library(chosen, brokers_file=brokers), cost=CHEAP)


DAYS = st.one_of(st.sampled_from([0, 1, 3, 10, 14, 31, 45, 46, 90, 91]), st.integers(0, 400))
SOME = st.integers(0, 11)
SIDE = st.integers(0, 1)
STRETCH = st.integers(0, 9_999)
"""Some months of a life, as chance of that seed has them."""

GAPS = (0, 0, 1, 3, 7, 7, 14, 14, 31, 45, 60, 90)
"""Days that pass between two things that happen; most are days on which something turns."""

ENTERED_LATE = (0, 0, 0, 1, 7, 14, 30)
"""Days after which something is entered."""

MERGES = 0.25
"""After how many stretches of life two requests turn out to be one."""

USUAL = 6
RARER = {"close": 2, "withdraw": 1, "bounce": 2,
         **dict.fromkeys(CLAIM, 2), **dict.fromkeys(LOOK, 3)}
"""How often things happen: not as often as the usual what would be most of a life, or its end."""


def later(**wanted: Any) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A rule: what happens after another stretch of life.

    Without it little would happen in most lives: Hypothesis chooses a few of the rules for each.
    """
    def made(act: Callable[..., None]) -> Callable[..., None]:
        @wraps(act)
        def both(self: Tracker, stretch: int, side: int, **how: Any) -> None:
            self.live(stretch, side)
            act(self, side=side, **how)

        ruled: Any = rule(stretch=STRETCH, side=SIDE, **wanted)
        following: Callable[..., None] = ruled(both)
        return following

    return made


class Tracker(RuleBasedStateMachine):
    """Both trackers, told the same."""

    prepared: Path
    moves: set[tuple[str, str]]
    """The events that happened in all lives, each with where the request stood before."""

    def __init__(self) -> None:
        super().__init__()
        self.place = Path(tempfile.mkdtemp(dir=self.prepared))
        shutil.copytree(self.prepared / "instance", self.place / "instance")
        self.clock = SetClock(MONDAY)
        self.processes = [self.process(), self.process()]
        self.models: dict[str, Model] = {}
        self.broker: dict[str, tuple[str, str]] = {}
        self.shown_again: Counter[str] = Counter()
        self.put_off: dict[str, tuple[date, date]] = {}  # by task: from which day, to which

    def process(self) -> Instance:
        made = process(self.place / "instance", self.prepared / "brokers.yaml", self.clock)
        made.unlock(PASSPHRASE)
        return made

    def desk(self, side: int = 0) -> Desk:
        return self.processes[side].desk

    def teardown(self) -> None:
        self.look_at_everything()
        for one in self.processes:
            one.lock()
        shutil.rmtree(self.place)

    @property
    def today(self) -> date:
        return self.clock.today()

    @initialize()
    def ask(self) -> None:
        for person in every_person(self.desk()):
            made = requests.create_requests(self.desk(), person.id, NAMES[:2], actor=OWNER)
            for file in made:
                self.add(file)

    def add(self, file: RequestFile) -> None:
        law = any(footing.law == "us-va-vcdpa" for footing in file.request.footings)
        self.models[file.request.id] = Model(Story(law), file.request.created_on)
        self.broker[file.request.id] = (file.request.person_id, file.request.broker_id)

    def chosen(self, number: int) -> str:
        return list(self.models)[number % len(self.models)]

    def task(self, number: int, *, closed: bool = False) -> tuple[str, FollowUp] | None:
        """A task of a request, open or closed by somebody."""
        found = [(request_id, task) for request_id in self.models
                 for task in self.file(request_id).follow_ups
                 if (task.state in OPEN) is not closed]
        return found[number % len(found)] if found else None

    def file(self, request_id: str) -> RequestFile:
        """As it is stored; no plan is made for it."""
        with self.desk().store.reading() as session:
            return file_of(session, rows.get(session, request_id), self.today)

    # What happens

    def live(self, stretch: int, side: int) -> None:
        chance = Random(stretch)  # noqa: S311 -- repeatable, no secret
        for _ in range(chance.randint(6, 10)):
            self.pass_days(chance.choice(GAPS))
            request_id = self.chosen(min(chance.randrange(4), chance.randrange(12)))
            self.something_happens(request_id, chance, side)
            self.agrees(request_id)
        if chance.random() < MERGES:
            self.merge_twin(chance.randrange(12), side, sent=chance.random() < 0.5,
                            mistaken=chance.random() < 0.7)

    def something_happens(self, request_id: str, chance: Random, side: int) -> None:
        """Mostly what is possible, so that lives become long."""
        model, draw = self.models[request_id], chance.random()
        now = model.story.standing
        possible = [one for one in EVENTS if (now, one) in MOVES]
        if draw < 0.1:
            event = "undo"
        elif draw < 0.15 or not possible:
            event = chance.choice(EVENTS)
        else:
            (event,) = chance.choices(possible, [RARER.get(one, USUAL) for one in possible])
        on = self.today - timedelta(days=chance.choice(ENTERED_LATE))
        if chance.random() < 0.9:
            on = max(on, model.story.sent or date.min)
        why = model.refuses(event, on, self.today)
        if event in LOOK and why != "forbidden" and self.file(request_id).request.successor_id:
            why = "goes on"
        refused = {"forbidden": pytest.raises(ForbiddenEvent),
                   "merged": pytest.raises(Refused), "goes on": pytest.raises(Refused),
                   "day": pytest.raises(InvalidInput, match=r"sent|made|come|came")}
        with refused.get(why) or contextlib.nullcontext():
            requests.mark(self.desk(side), request_id, event, on=on, actor=OWNER)
        if not why:
            self.moves.add((model.story.standing, event))
            model.happens(event, on)

    @later(days=DAYS)
    def machine_sleeps(self, days: int, **_: int) -> None:
        self.pass_days(days)

    def pass_days(self, days: int) -> None:
        days = min(days, (FIVE_YEARS - self.today).days)
        if days > 0:
            self.clock.forward(days=days)

    @later(days=st.integers(1, 60))
    def clock_is_set_back(self, days: int, **_: int) -> None:
        self.clock.set_to(self.today - timedelta(days=days))

    @later()
    def sweep(self, side: int) -> None:
        result = self.processes[side].sweep()
        assert (result.failed, result.elsewhere) == ((), False)
        for request_id in self.models:
            assert all(task.state is FollowUpState.RAISED for task in self.file(
                request_id).follow_ups if task.state in OPEN and task.shown_on <= self.today)
        self.look_at_everything()

    @later()
    def restart(self, side: int) -> None:
        self.processes[side].lock()
        self.processes[side] = self.process()
        self.look_at_everything()

    @later(number=SOME, needed=st.booleans())
    def person_closes(self, number: int, side: int, *, needed: bool) -> None:
        if (found := self.task(number)) is None:
            return
        request_id, task = found
        if needed:
            followups.finish(self.desk(side), task.id, actor=OWNER)
        else:
            followups.not_needed(self.desk(side), task.id, "I know better.", actor=OWNER)
        self.models[request_id].open.discard((task.kind.value, task.due_on))

    @later(number=SOME, days=st.integers(0, 40))
    def person_puts_off(self, number: int, side: int, days: int) -> None:
        if (found := self.task(number)) is None:
            return
        _, task = found
        until = max(task.due_on, self.today + timedelta(days=1)) + timedelta(days=days)
        try:
            after = followups.snooze(self.desk(side), task.id, until, actor=OWNER)
        except Refused:
            return
        assert (after.due_on, after.shown_on) == (task.due_on, until)
        self.put_off[task.id] = task.due_on, until
        self.shown_again[task.id] += 1

    @later(number=SOME)
    def person_wants_it_now(self, number: int, side: int) -> None:
        """What was put off by mistake is shown from its own day again; no new showing."""
        if (found := self.task(number)) is None:
            return
        _, task = found
        try:
            after = followups.wake(self.desk(side), task.id, actor=OWNER)
        except Refused:
            assert task.shown_on == task.due_on
        else:
            assert after.shown_on == after.due_on == task.due_on
            del self.put_off[task.id]

    @later(number=SOME)
    def person_reopens(self, number: int, side: int) -> None:
        if (found := self.task(number, closed=True)) is None:
            return
        request_id, task = found
        model = self.models[request_id]
        back = model.comes_back((task.kind.value, task.due_on))
        put_by = task.state in (FollowUpState.DONE, FollowUpState.NOT_NEEDED)
        try:
            after = followups.reopen(self.desk(side), task.id, actor=OWNER)
        except Refused:
            assert not put_by or back is None
        else:
            assert put_by
            assert back == (after.kind.value, after.due_on)
            model.open.add((after.kind.value, after.due_on))
            self.shown_again[task.id] += 1

    @later(number=SOME)
    def person_asks_again(self, number: int, side: int) -> None:
        """What is listed again after it was gone gets a successor, and is closed by it."""
        request_id = self.chosen(number)
        story, where = self.models[request_id].story, self.broker[request_id]
        alone = [other for other in self.models if self.broker[other] == where] == [request_id]
        if not (alone and story.back and story.standing in ("answered", "closed")):
            return
        person_id, broker_id = where
        (made,) = requests.create_requests(self.desk(side), person_id, [broker_id], actor=OWNER)
        assert made.request.predecessor_id == request_id
        assert self.file(request_id).request.successor_id == made.request.id
        if story.standing == "answered":
            self.models[request_id].happens("close", max(self.today, story.sent or self.today))
        self.add(made)

    @later(number=SOME, sent=st.booleans(), mistaken=st.booleans())
    def twin_is_merged(self, number: int, side: int, *, sent: bool, mistaken: bool) -> None:
        self.merge_twin(number, side, sent=sent, mistaken=mistaken)

    def merge_twin(self, number: int, side: int, *, sent: bool, mistaken: bool) -> None:
        """Two open requests for the same, as two windows may leave them, become one."""
        request_id = self.chosen(number)
        if self.models[request_id].story.standing in ("closed", "withdrawn") or (
                len(self.models) > MOST_REQUESTS):
            return
        with self.desk().store.writing() as session:
            twin = replace(
                rows.get(session, request_id), id=new_id("OPT"), standing=Standing.DRAFT,
                claim=None, claim_words="", last_look=None, last_look_on=None, sent_on=None,
                received_on=None, predecessor_id="", successor_id="", late_from=None,
                moved_on=None, created_on=self.today)
            rows.add_many(session, [twin])
        self.add(self.file(twin.id))
        model = self.models[twin.id]
        if sent:
            requests.mark(self.desk(side), twin.id, "mark_sent", actor=OWNER)
            model.happens("mark_sent", self.today)
        merging.merge(self.desk(side), request_id, twin.id, actor=OWNER)
        model.merges(self.today)
        assert self.file(twin.id).request.merged_into == request_id
        if mistaken:
            self.agrees(twin.id)
            requests.mark(self.desk(side), twin.id, "undo", actor=OWNER)
            model.happens("undo", self.today)
            assert not self.file(twin.id).request.merged_into

    # What must hold

    @invariant()
    def both_agree(self) -> None:
        due = [item.follow_up for item in followups.due(self.desk(1))]
        shown = {task.id for request_id in self.models for task in self.agrees(request_id)
                 if task.shown_on <= self.today}
        assert {task.id for task in due if task.request_id} == shown
        places = [(task.person_id, task.broker_id) for task in due if not task.request_id]
        assert len(places) == len(set(places)), "one look at a place is one task"

    def agrees(self, request_id: str) -> list[FollowUp]:
        """What is stored of a request is what the small model says; its open tasks."""
        file, model = self.file(request_id), self.models[request_id]
        request, story = file.request, model.story
        assert (request.standing, request.claim) == (story.standing, story.claim)
        assert ((request.last_look, request.last_look_on) if request.last_look else None) == (
            story.look)
        assert request.sent_on == story.sent
        assert confirmed_gone(file.events) == story.gone
        assert relisted(file.events) == story.back
        self.same_dates(file, story)
        return self.same_tasks(file, model.open)

    def same_dates(self, file: RequestFile, story: Story) -> None:
        late = story.late_from
        assert file.request.late_from == late
        for day, days in ((late - timedelta(days=1), 0), (late, 1), (
                late + timedelta(days=9), 10)) if late else ((FIVE_YEARS, 0),):
            assert overdue_days(file.request, file.dates, day, file.events) == days
        if story.law and story.since_start and story.standing not in ("closed", "withdrawn"):
            start, _ = story.since_start
            assert {row.deadlines.respond_by and row.deadlines.respond_by.day
                    for row in file.dates} == {start + timedelta(days=45)}

    def same_tasks(self, file: RequestFile, wanted: set[Task]) -> list[FollowUp]:
        tasks = [task for task in file.follow_ups if task.state in OPEN]
        assert Counter((task.kind.value, task.due_on) for task in tasks) == Counter(wanted)
        for task in tasks:
            due_on, until = self.put_off.get(task.id, (None, None))
            assert task.shown_on == (until if task.due_on == due_on else task.due_on)
        return tasks

    def look_at_everything(self) -> None:
        """What takes longer: asked after each sweep, each restart, and at the end of a life."""
        self.nothing_is_raised_twice()
        assert list(consistency.problems(self.desk(1))) == []

    def nothing_is_raised_twice(self) -> None:
        with self.desk().store.reading() as session:
            raised = Counter(entry.subject for entry in audit.latest(session, 100_000)
                             if entry.act == sweeping.ACT)
        for task_id, times in raised.items():
            assert times <= 1 + self.shown_again[task_id]
