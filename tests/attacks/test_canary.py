"""A canary person walks the whole journey and is found in no log, file name or readable file."""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.program import Answer, Program

CANARY = {
    "given": "Zerlinde", "family": "Quokkasworth", "former": "Umberlyn",
    "mailbox": "zq.canary", "phone": "5550173", "street": "Wobblegong", "city": "Xanthoville",
    "reply": "quiet.burrow", "box": "Box 90417", "born": "1971-02-28", "postal": "95959",
}
PERSON = f"""\
names:
  - {{given: {CANARY["given"]}, family: {CANARY["family"]}, kind: legal}}
  - {{given: {CANARY["former"]}, family: {CANARY["family"]}, kind: former}}
emails: [{CANARY["mailbox"]}@example.com]
phones: ["+1415{CANARY["phone"]}"]
addresses: [{{street: 12 {CANARY["street"]} Lane, city: {CANARY["city"]}, region: CA, \
postal_code: "{CANARY["postal"]}", country: US, current: true}}]
residences: [US-CA]
date_of_birth: {CANARY["born"]}
reply_email: {CANARY["reply"]}@example.com
reply_address: {{street: PO {CANARY["box"]}, city: {CANARY["city"]}, region: CA, \
postal_code: "{CANARY["postal"]}", country: US}}
"""
BROKERS = ("spokeo", "beenverified", "lexisnexis-risk-consumer-center", "clearview-ai")


def feathers() -> Iterator[bytes]:
    """Every trace of the canary that would give it away, in the usual encodings."""
    for word in CANARY.values():
        for text in (word, word.lower(), word.upper()):
            yield text.encode()
            yield text.encode("utf-16-le")
        if len(word) >= 8:  # short words turn up in base64 by chance
            yield base64.b64encode(word.encode())[:-4]


FEATHERS = tuple(feathers())


def traces(content: bytes) -> list[bytes]:
    """The feathers that lie in some bytes."""
    return [feather for feather in FEATHERS if feather in content]


@dataclass
class Journey:
    """What the canary's journey left: the calls' standard error, and the folders."""

    program: Program
    person: str
    out: Path
    said: list[Answer] = field(default_factory=list)


@pytest.fixture(scope="module")
def journey(tmp_path_factory: pytest.TempPathFactory) -> Journey:
    """Add, plan, create, generate, mark, answer, due, calendar, doctor; each apart, as a user."""
    folder = tmp_path_factory.mktemp("canary")
    program = Program.in_folder(folder)
    source = folder / "person.yaml"
    source.write_text(PERSON, "utf-8")
    person = program.json("person", "add", "--file", source)["id"]
    walk = Journey(program, person, folder / "out")
    for broker in BROKERS:
        plan = program.json("plan", person, "--broker", broker)
        for gate in sorted({gate["id"] for action in plan["actions"]
                            for gate in action["gates"]
                            if gate["holds"] and gate["level"] == "confirm"}):
            walk.said.append(program("plan", person, "--broker", broker, "--answer", gate))
        walk.said.append(program("request", "create", person, "--broker", broker))
    made = [one["id"] for one in program.json("request", "list")]
    assert len(made) >= 3, walk.said
    walk.said.append(program("doctor"))  # before calls that see the real day: it tells such jumps
    walk.said.append(program.apart("generate", person, "--out", walk.out))
    for request in made:
        walk.said.append(program("request", "mark", request, "mark_sent",
                                 "--detail", f"seen by {CANARY['given']}"))
    walk.said.append(program("request", "mark", made[0], "acknowledge"))
    walk.said.append(program.apart("due", "--on", "2027-12-01"))
    walk.said.append(program.apart("calendar", "--out", folder / "due.ics"))
    walk.said.append(program("person", "show", person))
    return walk


def test_the_journey_was_walked(journey: Journey) -> None:
    assert [answer.err for answer in journey.said if answer.code] == []
    assert traces("".join(answer.out for answer in journey.said).encode()), (
        "the canary must be visible where it may be")
    assert list(journey.out.iterdir())


def test_standard_error_never_names_the_canary(journey: Journey) -> None:
    for answer in journey.said:
        assert traces(answer.err.encode()) == []


def test_no_file_name_names_the_canary(journey: Journey) -> None:
    folder = journey.program.instance.parent
    for path in folder.rglob("*"):
        assert traces(os.fsencode(path.relative_to(folder))) == [], path


def test_no_file_of_the_data_folder_is_readable_without_the_key(journey: Journey) -> None:
    files = [path for path in journey.program.instance.rglob("*") if path.is_file()]
    assert len(files) > 3
    for path in files:
        content = path.read_bytes()
        assert traces(content) == [], path
        assert b"SQLite format 3" not in content, path


def test_the_broker_files_of_the_folder_do_not_say_who_was_asked(journey: Journey) -> None:
    for path in journey.program.instance.rglob("*"):
        for broker in BROKERS:
            assert broker not in path.name
            if path.is_file() and path.parent.name != "cache":
                assert broker.encode() not in path.read_bytes(), path


def test_the_calendar_does_not_name_the_canary(journey: Journey) -> None:
    assert traces((journey.program.instance.parent / "due.ics").read_bytes()) == []


@pytest.mark.parametrize("words", [
    ("plan", CANARY["given"]),
    ("request", "mark", CANARY["family"], "mark_sent"),
    ("person", "add", "--given", CANARY["given"], "--family", CANARY["family"],
     "--residence", "US"),
    ("person", "add", "--given", CANARY["given"], "--family", CANARY["family"],
     "--residence", "US-CA", "--email", f"{CANARY['mailbox']}@@example"),
    ("person", "add", "--given", CANARY["given"], "--family", CANARY["family"],
     "--residence", "US-CA", "--phone", f"+1 {CANARY['phone']} {CANARY['phone']} 9"),
    ("person", "add", "--given", CANARY["given"], "--family", CANARY["family"],
     "--residence", "US-CA", "--address", f"12 {CANARY['street']}; {CANARY['city']}"),
    ("person", "add", "--given", CANARY["given"], "--family", CANARY["family"],
     "--residence", "US-CA", "--date-of-birth", f"{CANARY['born']}-x")],
    ids=lambda words: " ".join(words[:2]) + f" {len(words)}")
def test_a_refusal_may_repeat_the_words_of_the_call_and_nothing_else(
    journey: Journey, words: tuple[str, ...]
) -> None:
    answer = journey.program.apart(*words)
    assert answer.code in (1, 2)
    assert "Traceback" not in answer.err
    known = " ".join(words)
    said = {trace for trace in traces(answer.err.encode())
            if trace not in (known + known.upper() + known.lower()).encode()}
    assert said == set()


@pytest.mark.parametrize(("module", "name", "words"), [
    ("optout.services.letters", "prepare", ("generate", "{person}", "--out", "x")),
    ("optout.services.people", "get_person", ("person", "show", "{person}")),
    ("optout.services.plans", "plan_for", ("plan", "{person}")),
    ("optout.services.followups", "due", ("due",))])
def test_a_failure_in_the_middle_of_the_work_says_only_its_number(
    journey: Journey, monkeypatch: pytest.MonkeyPatch, module: str, name: str,
    words: tuple[str, ...],
) -> None:
    def broken(*_: object, **__: object) -> None:
        cause = KeyError(CANARY["family"])
        raise RuntimeError(f"{CANARY['given']} at 12 {CANARY['street']} Lane") from cause

    monkeypatch.setattr(f"{module}.{name}", broken)
    answer = journey.program(*(word.format(person=journey.person) for word in words))
    assert answer.code == 1
    assert "quote E-" in answer.err
    assert traces((answer.err + answer.out).encode()) == []
    for path in (journey.program.instance / "logs").iterdir():
        assert traces(path.read_bytes()) == []
        assert b"RuntimeError" in path.read_bytes()
