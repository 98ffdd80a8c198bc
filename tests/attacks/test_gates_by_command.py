"""The gates against the command line, with the recipients of this room laid over the registry."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.attacks.situations import PLAIN, TWIN, overlay_into
from tests.program import Program

pytestmark = pytest.mark.slow

PERSON = """\
names: [{given: Avery, family: Sample, kind: legal}]
emails: [avery.sample@example.com]
phones: [{value: "+1 415 555 0142", sensitivity: SENSITIVITY}]
addresses: [{street: 100 Fictional Way, city: San Francisco, region: CA, postal_code: "94102", \
country: US, current: true}]
residences: [US-CA]
at_risk: RISK
"""
MAILBOX = "reply_email: heron.lake@example.net\n"
PO_BOX = """\
reply_address: {street: PO Box 0, city: San Francisco, region: CA, postal_code: "94102", \
country: US}
"""
HOME = PO_BOX.replace("PO Box 0", "100 Fictional Way")


@dataclass(frozen=True)
class Case:
    """A gate, whom one asks, and what is entered about the person."""

    gate: str
    broker: str
    reply: str = MAILBOX
    at_risk: bool = False
    phone: str = "normal"
    capacity: str = "self"

    def __str__(self) -> str:
        return f"{self.gate} at {self.broker}"


BLOCKED = [
    Case("no-living-authorization", PLAIN, capacity="agent"),
    Case("government-system", "z-agency"),
    Case("government-system", "z-posing"),
    Case("voter-roll", "voter-files"),
    Case("no-monitor-tampering", "z-monitor"),
    Case("new-fact-to-broker", "z-new-fact", at_risk=True),
    Case("reply-identity-missing", "z-post", reply="", at_risk=True),
    Case("home-address-shown", "z-post", reply=MAILBOX + HOME, at_risk=True),
    Case("residency-truth", "z-elsewhere"),
]
ASKED = [
    Case("new-fact-to-broker", "z-new-fact"),
    Case("reply-identity-missing", PLAIN, reply=""),
    Case("sensitive-fact", "z-phones", phone="ask"),
    Case("ssn-or-id-demanded", "z-papers"),
    Case("face-upload", "z-face"),
    Case("look-first", "z-old"),
]


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program.in_folder(tmp_path)


def added(program: Program, folder: Path, case: Case) -> str:
    """A person of the data folder, over whose registry ours is laid."""
    path = folder / "person.yaml"
    path.write_text(PERSON.replace("RISK", str(case.at_risk).lower()).replace(
        "SENSITIVITY", case.phone) + case.reply, "utf-8")
    person = str(program.json("person", "add", "--file", path)["id"])
    overlay_into(program.instance)
    return person


def made(program: Program) -> list[str]:
    """The brokers that were asked."""
    return [one["broker"] for one in program.json("request", "list")]


@pytest.mark.parametrize("case", BLOCKED, ids=str)
def test_no_word_of_the_command_line_opens_a_block(
    program: Program, tmp_path: Path, case: Case,
) -> None:
    person = added(program, tmp_path, case)
    act = (person, "--broker", case.broker, "--acting-as", case.capacity)
    for name in (case.gate, f"{case.gate}:{case.broker}=yes"):
        answer = program("plan", *act, "--answer", name)
        assert answer.code != 0, answer
    for more in ((), ("--channel", "email", "--right", "voluntary"), ("--broker", PLAIN)):
        assert program("request", "create", *act, *more).code != 0
    program("generate", person, "--out", tmp_path / "letters")
    assert made(program) == []
    assert not [path for path in (tmp_path / "letters").rglob("*") if path.is_file()]


@pytest.mark.parametrize("case", ASKED, ids=str)
def test_only_the_right_answer_opens_a_question(
    program: Program, tmp_path: Path, case: Case,
) -> None:
    person = added(program, tmp_path, case)
    act = (person, "--broker", case.broker)
    for name, taken in ((f"{case.gate}:{TWIN}", False), (f"{case.gate}=no", True),
                        (f"{case.gate}=maybe", False)):
        assert (program("plan", *act, "--answer", name).code == 0) is taken, name
    assert program("request", "create", *act).code != 0
    assert made(program) == []
    assert program("plan", *act, "--answer", case.gate).code == 0
    assert program("request", "create", *act).code == 0
    assert made(program) == [case.broker]
