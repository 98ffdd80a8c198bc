"""A second tracker, small enough to read at once, that shares no code with the first.

Written from DESIGN.md: what each event does, what is due then, when a broker is late, what is
gone. It knows two people: one whose law gives 45 days, 90 with a notice in time, and 60 for an
appeal; and one whom no law helps. Their broker promises 10 days and can be looked at.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from tests.services.virginia import late_after, later

WITH = ("sent undelivered confirmation_needed acknowledged identity_requested redirected extended "
        "answered escalated")
OPEN = f"draft ready {WITH}"
RUNS = "sent acknowledged identity_requested extended escalated"

TABLE = """
prepare: draft undelivered redirected > ready
mark_sent: draft ready undelivered redirected confirmation_needed > sent
bounce: sent undelivered > undelivered
bounce: confirmation_needed acknowledged identity_requested redirected > =
bounce: extended answered escalated > =
needs_confirmation: sent undelivered confirmation_needed acknowledged > confirmation_needed
needs_confirmation: identity_requested redirected extended escalated > confirmation_needed
confirm_link_used: confirmation_needed sent acknowledged > acknowledged
acknowledge: sent undelivered acknowledged > acknowledged
acknowledge: confirmation_needed identity_requested redirected extended answered escalated > =
demand_identity: WITH > identity_requested
answer_identity: identity_requested > acknowledged
answer_identity: escalated > =
redirect: WITH > redirected
extend: sent undelivered acknowledged extended > extended
extend: confirmation_needed identity_requested redirected escalated > =
CLAIM: WITH > answered
CLAIM: closed withdrawn > =
LOOK: OPEN closed > =
remind: sent acknowledged identity_requested extended answered escalated > escalated
appeal: answered escalated > escalated
complain: sent undelivered acknowledged identity_requested redirected > escalated
complain: extended answered escalated > escalated
close: WITH > closed
withdraw: draft ready sent undelivered confirmation_needed acknowledged > withdrawn
withdraw: identity_requested redirected extended escalated > withdrawn
"""
CLAIM = {"claim_removed": "removed", "claim_suppressed": "suppressed",
         "claim_no_record": "no_record", "claim_partly": "partly", "refuse": "refused"}
LOOK = {"look_listed": "listed", "look_not_found": "not_found", "look_failed": "could_not_look"}
GROUPS = {"CLAIM": CLAIM, "LOOK": LOOK}

EVENTS: tuple[str, ...] = ()
MOVES: dict[tuple[str, str], str] = {}
for _line in TABLE.strip().splitlines():
    _name, _, _rest = _line.partition(":")
    _origins, _, _target = _rest.partition(">")
    for _event in GROUPS.get(_name, [_name]):
        EVENTS += (_event,) * (_event not in EVENTS)
        for _origin in _origins.replace("WITH", WITH).replace("OPEN", OPEN).split():
            MOVES[_origin, _event] = _origin if _target.strip() == "=" else _target.strip()

FITS = {
    "prepared_not_sent": "draft ready undelivered redirected",
    "respond_due": RUNS, "extension_due": RUNS,
    "confirmation_expires": "confirmation_needed", "answer_identity": "identity_requested",
    "confirm_removal": OPEN, "recheck": f"{OPEN} closed",
    "appeal_by": "answered escalated", "appeal_answer_due": "answered escalated",
    "escalate": f"{RUNS} answered closed",
}
CLOCK = "acknowledge_due respond_due extension_due escalate"
SEEING = "confirm_removal recheck"
ANSWERED = f"{CLOCK} {SEEING} appeal_by appeal_answer_due"
ENDS = {
    "prepare": "prepared_not_sent", "bounce": "prepared_not_sent", "redirect": "prepared_not_sent",
    "mark_sent": ANSWERED, "needs_confirmation": "confirmation_expires confirm_removal",
    "confirm_link_used": f"{CLOCK} confirm_removal", "demand_identity": "answer_identity",
    "extend": f"{CLOCK} appeal_answer_due", "remind": CLOCK,
    "appeal": f"{CLOCK} appeal_by appeal_answer_due",
    "complain": f"{CLOCK} appeal_by appeal_answer_due", "close": "escalate",
    **dict.fromkeys(CLAIM, ANSWERED), **dict.fromkeys(LOOK, SEEING),
}

Step = tuple[str, date]
Task = tuple[str, date]


@dataclass(frozen=True)
class Story:
    """What happened and was not taken back, first to last.

    Args:
        law: there is a law with 45 days; else nothing but the broker's promise of ten.
        steps: events with their days.
    """

    law: bool
    steps: tuple[Step, ...] = ()

    @property
    def standing(self) -> str:
        now = "draft"
        for event, _ in self.steps:
            now = MOVES[now, event]
        return now

    @property
    def claim(self) -> str | None:
        now = None
        for event, _ in self.steps:
            now = CLAIM.get(event, None if event in ("prepare", "mark_sent") else now)
        return now

    @property
    def look(self) -> tuple[str, date] | None:
        seen = [(LOOK[event], on) for event, on in self.steps if event in LOOK]
        return seen[-1] if seen else None

    @property
    def sent(self) -> date | None:
        days = [on for event, on in self.steps if event == "mark_sent"]
        return days[-1] if days else None

    @property
    def came_back(self) -> date | None:
        """When it came back or was sent elsewhere; None where it left again since."""
        turns = [step for step in self.steps if step[0] in ("mark_sent", "bounce", "redirect")]
        return turns[-1][1] if turns and turns[-1][0] != "mark_sent" else None

    @property
    def before(self) -> Story:
        return replace(self, steps=self.steps[:-1])

    @property
    def since_start(self) -> tuple[date, tuple[Step, ...]] | None:
        """When the clock last started, and what came after that."""
        places = [place for place, (event, _) in enumerate(self.steps)
                  if event in ("mark_sent", "confirm_link_used")]
        return (self.steps[places[-1]][1], self.steps[places[-1] + 1:]) if places else None

    @property
    def answer_by(self) -> tuple[str, date] | None:
        """The law's last day for an answer, and under which name."""
        if not self.law or self.since_start is None:
            return None
        start, since = self.since_start
        if any(event == "extend" and on < late_after(later(start, 45))
               for event, on in since):
            return "extension_due", later(start, 90)
        return "respond_due", later(start, 45)

    @property
    def late_from(self) -> date | None:
        """The first day on which the broker is late while nothing else happens."""
        end = self.answer_by
        runs = self.standing in RUNS.split() and self.claim is None
        return late_after(end[1]) if end and runs else None

    @property
    def clean(self) -> list[date]:
        """The days of clean looks after asking, since it was last seen."""
        asked = False
        found: list[date] = []
        for event, on in self.steps:
            asked = asked or event == "mark_sent"
            if event == "look_listed":
                found = []
            elif event == "look_not_found" and asked:
                found.append(on)
        return found

    @property
    def gone(self) -> bool:
        said = False
        for event, _ in self.steps:
            if event in (*CLAIM, "prepare", "mark_sent", "look_listed"):
                said = event in ("claim_removed", "claim_suppressed")
        clean = self.clean
        return bool(clean) and (said or (max(clean) - min(clean)).days >= 7)

    @property
    def back(self) -> bool:
        """It was gone, was seen again, and is not gone since."""
        was = False
        for number in range(1, len(self.steps) + 1):
            past = replace(self, steps=self.steps[:number])
            if past.gone:
                was = False
            elif past.steps[-1][0] == "look_listed" and past.before.gone:
                was = True
        return was

    @property
    def unseen(self) -> int:
        """On how many days in a row the looks could not tell."""
        looks = [(event, on) for event, on in self.steps if event in LOOK]
        told = [place for place, (event, _) in enumerate(looks) if event != "look_failed"]
        return len({on for _, on in looks[max(told, default=-1) + 1:]})

    @property
    def insisted(self) -> list[Task]:
        """The next rung after a reminder or a complaint that stands."""
        last = [step for step in self.steps if step[0] in ("remind", "appeal", "complain")]
        if self.standing != "escalated" or not last or last[-1][0] == "appeal":
            return []
        event, on = last[-1]
        if event == "complain":
            return [("escalate", later(on, 60))]
        end = self.answer_by if self.claim is None else None
        return [("escalate", max(later(on, 14), late_after(end[1]) if end else date.min))]

    def by_law(self, ahead_of: date = date.min) -> list[Task]:
        end = self.answer_by
        if end is None or end[1] < ahead_of:
            return []
        return [end, ("escalate", late_after(end[1]))]

    def calls_for(self) -> list[Task]:
        """What the last event calls for."""
        event, on = self.steps[-1]
        found = [*self._asked_for(event, on), *self._of_the_clock(event, on),
                 *self._after_words(event, on)]
        if event in LOOK and self.standing not in ("draft", "ready"):
            found = self._after_look(event, on)
        return [task for task in found if self.standing in FITS[task[0]].split()]

    def _asked_for(self, event: str, on: date) -> list[Task]:
        """What they wait for from the person."""
        back = event in ("bounce", "redirect") and self.standing in ("undelivered", "redirected")
        if event == "prepare" or back:
            return [("prepared_not_sent", later(on, 3))]
        return {"needs_confirmation": [("confirmation_expires", later(on, 1))],
                "demand_identity": [("answer_identity", later(on, 7))]}.get(event, [])

    def _of_the_clock(self, event: str, on: date) -> list[Task]:
        """What the law gives them time for, or what they promised."""
        runs, ran = (one.standing in RUNS.split() for one in (self, self.before))
        answer = self.by_law() or [("respond_due", later(on, 10))]
        if event in ("mark_sent", "confirm_link_used"):
            return [*answer, ("confirm_removal", later(on, 10))]
        if event in ("acknowledge", "demand_identity") and runs and not ran and not self.claim:
            return answer  # what was thought lost is in hand
        if event == "answer_identity" and self.claim:
            return [("respond_due", later(on, 10))]
        if event in ("remind", "complain"):
            return [*(self.by_law(on) if self.claim is None else []), *self.insisted]
        if event == "appeal":
            return [("appeal_answer_due", later(on, 60))]
        return self._after_extension(on) if event == "extend" else []

    def _after_words(self, event: str, on: date) -> list[Task]:
        """What their answer calls for."""
        if event in ("claim_partly", "refuse"):
            return [("escalate", later(on, 1))]
        if event not in CLAIM:
            return []
        first = max(later(self.sent or on, 10), later(on, 1))
        return [("confirm_removal", first), ("recheck", later(first, 14))]

    def _after_extension(self, on: date) -> list[Task]:
        appeals = [day for event, day in self.steps if event == "appeal"]
        if appeals and self.standing == "escalated":
            return [("appeal_answer_due", later(appeals[-1], 60)), *self.insisted]
        if self.standing not in RUNS.split():
            return []
        insisted = self.insisted
        law = self.by_law(on if insisted else date.min)
        return [*law, *insisted] or [("extension_due", later(on, 10))]

    def _after_look(self, event: str, on: date) -> list[Task]:
        if event == "look_not_found":
            return [("recheck", later(on, (14, 14, 45, 90)[min(len(self.clean), 3)]))]
        if event == "look_failed":
            clean = self.clean or self.standing == "closed"
            pause = (3, 7, 14, 28)[min(self.unseen, 4) - 1]
            return [("recheck" if clean else "confirm_removal", later(on, pause))]
        if self.back:
            return [("escalate", on)]
        if self.claim in ("removed", "suppressed", "no_record"):
            return [("escalate", later(on, 1))]
        return [("confirm_removal", later(on, 14))] if self.standing != "closed" else []

    def ended(self) -> set[str]:
        """The kinds that the last event ends."""
        event, _ = self.steps[-1]
        return {*ENDS.get(event, "").split(),
                *(kind for kind, fits in FITS.items() if self.standing not in fits.split())}

    def goes_on(self, waiting: set[Task]) -> set[Task]:
        """What waits after the last event, of what waited before it and of what is new."""
        over = self.ended()
        left = {task for task in waiting if task[0] not in over}
        again = self.steps[-1][0] == "look_listed"
        return left | {task for task in self.calls_for() if not (
            again and task[0] == "escalate" and self.has_next_step(left, back=self.back))}

    def has_next_step(self, waiting: set[Task], *, back: bool) -> bool:
        """Whether what was seen needs no next step of its own beside those that wait.

        Where it came back, only one does whose day has come: the law's days lie far ahead.
        """
        by = later(max(on for _, on in self.steps), 1) if back else date.max
        return any(kind == "escalate" and on <= by for kind, on in waiting)

    def called_for(self) -> dict[Task, str]:
        """What would be open now if the person had done nothing of it, and what called for it.

        That is `seen` or `back` for the next step after a look, else nothing.
        """
        waiting: dict[Task, str] = {}
        for number in range(1, len(self.steps) + 1):
            past = replace(self, steps=self.steps[:number])
            new, after = set(past.calls_for()), past.goes_on(set(waiting))
            if past.steps[-1][0] != "look_listed":
                waiting = {task: "" if task in new else waiting[task] for task in after}
                continue
            look = "back" if past.back else "seen"
            waiting = {task: waiting.get(task, look if task[0] == "escalate" else "")
                       for task in after}
        return waiting


@dataclass
class Model:
    """One request: its story, and what of it is still to be done; nothing once it was merged."""

    story: Story
    made_on: date
    open: set[Task] = field(default_factory=set)
    merged: bool = False

    def refuses(self, event: str, on: date, today: date) -> str:
        """Why it cannot be: `merged`, `forbidden`, `day`, or nothing."""
        if event == "undo":
            return "" if self.story.steps else "forbidden"
        if self.merged or (self.story.standing, event) not in MOVES:
            return "merged" if self.merged else "forbidden"
        leaves = event == "mark_sent"
        first = self.made_on if leaves else self.story.sent or on
        if leaves and (returned := self.story.came_back):
            first = max(first, returned)
        last = max(today, self.made_on, self.story.sent or self.made_on)
        return "" if first <= on and (on <= last or event == "prepare") else "day"

    def happens(self, event: str, on: date) -> None:
        """Write an event down."""
        if event == "undo":
            self.story, self.merged = self.story.before, False
            self.open = set(self.story.called_for())
            return
        self.story = replace(self.story, steps=(*self.story.steps, (event, on)))
        self.open = self.story.goes_on(self.open)

    def merges(self, on: date) -> None:
        """It turns out to be another one twice: closed if it left, else withdrawn."""
        self.happens("close" if self.story.sent else "withdraw", on)
        self.open, self.merged = set(), True

    def comes_back(self, task: Task) -> Task | None:
        """Where a task that was closed comes back; None if nothing calls for it any more."""
        called = self.story.called_for()
        free = {other for other in set(called) - self.open
                if other[0] == task[0] and not self.merged and not (
                    called[other] and self.story.has_next_step(
                        self.open, back=called[other] == "back"))}
        return task if task in free else max(free, default=None)
