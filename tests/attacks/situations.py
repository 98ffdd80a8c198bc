"""Gate by gate, the situation in which it must hold: who asks whom, and in which capacity."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from optout.domain.actor import OWNER
from optout.domain.gate import GateAnswer
from optout.domain.person import Authorization, ContactPoint, Person, PersonName
from optout.domain.words import ActingAs, Sensitivity
from optout.services import authority, people
from optout.services.desk import Desk
from optout.store import gates as stored_answers
from optout.store import people as person_rows
from tests.conftest import MONDAY, SAMPLES
from tests.factories import at_risk, californian, safe_at_risk

BROKERS = SAMPLES / "attacks" / "brokers.yaml"
PLAIN = "z-plain"
"""A broker that raises no question for an ordinary Californian."""

TWIN = "z-twin"
"""A broker that raises the same question as another."""


@dataclass(frozen=True)
class Situation:
    """One act that a gate must hold.

    Args:
        gate: the rule.
        broker: whom the act asks.
        person: who asks.
        about_broker: the answer counts for this broker, else for the person.
        acting_as: in which capacity.
        signed: a permission to act is alive.
        names_gate: the refusal names the gate; not where the plan knows no way at all, or where
            what is asked is a draft for counsel, which is refused before its gates are asked.
    """

    gate: str
    broker: str
    person: Callable[[], Person] = californian
    about_broker: bool = True
    acting_as: ActingAs = ActingAs.SELF
    signed: bool = False
    names_gate: bool = True

    @property
    def scope(self) -> str:
        """What its answer is remembered for."""
        return self.broker if self.about_broker else ""

    def stored(self, desk: Desk) -> Person:
        """The person, kept; also one whom the services would refuse to keep."""
        with desk.store.writing() as session:
            kept = person_rows.save(session, self.person())
        if self.signed:
            authority.add_authorization(
                desk, Authorization("", kept.id, "Sample Clinic", MONDAY), actor=OWNER)
        return kept


def without_mailbox() -> Person:
    """Somebody who never made a mailbox for answers."""
    return replace(californian(), reply_email="", reply_address=None)


def careful_with_phone() -> Person:
    """Somebody who marked their phone “ask me first”."""
    return replace(californian(), phones=(
        ContactPoint("+14155550142", sensitivity=Sensitivity.ASK),))


def answers_come_home() -> Person:
    """Somebody at risk whose letters would show their home."""
    return replace(safe_at_risk(), reply_address=californian().addresses[0].address)


def numbered() -> Person:
    """Somebody in whose name a file number was hidden, before it was looked for."""
    return replace(californian(), names=(PersonName("A123", "456 789"),))


BLOCKS = (
    Situation("no-living-authorization", PLAIN, about_broker=False, acting_as=ActingAs.AGENT),
    Situation("government-system", "z-agency", names_gate=False),
    Situation("government-system", "z-posing"),
    Situation("voter-roll", "voter-files"),
    Situation("no-monitor-tampering", "z-monitor"),
    Situation("new-fact-to-broker", "z-new-fact", safe_at_risk),
    Situation("reply-identity-missing", "z-post", at_risk, about_broker=False),
    Situation("home-address-shown", "z-post", answers_come_home),
    Situation("no-itin-anumber-to-brokers", "z-post", numbered),
    Situation("residency-truth", "z-elsewhere", names_gate=False),
)

CONFIRMS = (
    Situation("consent-and-authority", PLAIN, about_broker=False, acting_as=ActingAs.AGENT,
              signed=True),
    Situation("agent-identity-discloses", PLAIN, acting_as=ActingAs.AGENT, signed=True),
    Situation("new-fact-to-broker", "z-new-fact"),
    Situation("reply-identity-missing", PLAIN, without_mailbox, about_broker=False),
    Situation("sensitive-fact", "z-phones", careful_with_phone),
    Situation("ssn-or-id-demanded", "z-papers"),
    Situation("face-upload", "z-face"),
    Situation("look-first", "z-old"),
)

HELD_BY_CONSTRUCTION = frozenset({
    "no-auto-send-government", "no-current-address-to-dhs", "no-deletion-promise", "minimum-data",
    "no-relative-data", "plate-name-split", "no-false-data", "local-secrecy"})
"""Blocks that no act of the program can break; their tests are not about answers."""

DRAFTS_ONLY = frozenset({"government-drafts"})
"""Questions whose yes opens a draft for counsel, and never a request."""

BEFORE_PAPERS = frozenset({
    "complaint-may-be-public", "complete-case-file", "words-in-reminders", "who-sees-reminders"})
"""Asked before a paper about a request that is there already: `test_files_by_form` tries them;
the last two before reminders say more, or reach a mailbox or a screen:
tests/services/test_discretion.py and test_reminder_settings.py try them."""


def name_of(situation: Situation) -> str:
    """How a test calls it."""
    return f"{situation.gate} at {situation.broker}"


def forge(desk: Desk, person: Person, gate: str, scope: str) -> None:
    """Write a yes into the store, past the service that would refuse it."""
    with desk.store.writing() as session:
        stored_answers.record(session, person.id, GateAnswer(
            gate=gate, scope=scope, accepted=True, answered_on=desk.clock.today(), actor=OWNER))


def another(desk: Desk) -> Person:
    """Somebody else in the same data folder."""
    return people.add_person(desk, californian(), actor=OWNER)


def overlay_into(folder: Path) -> None:
    """Lay the recipients of this room over the packaged registry of a data folder."""
    (folder / "brokers.local.yaml").write_text(BROKERS.read_text("utf-8"), "utf-8")
