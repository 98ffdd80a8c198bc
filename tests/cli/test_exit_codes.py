"""0: done. 1: refused, or something was found. 2: wrong usage. One clear line says why."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Walked
from tests.program import Program


@pytest.mark.parametrize("words", [
    ("registry", "stats"), ("law", "list"), ("registry", "check"),
    ("law", "applicable", "--residence", "DE"), ("registry", "search", "clearview")])
def test_what_needs_no_personal_data_never_asks_for_a_passphrase(
    optout: Program, words: tuple[str, ...]
) -> None:
    optout.environment.clear()
    answer = optout(*words)
    assert (answer.code, answer.err) == (0, "")
    assert not optout.instance.exists()


@pytest.mark.parametrize("words", [
    (), ("nonsense",), ("registry", "nonsense"), ("law", "deadlines", "eu-gdpr"),
    ("law", "deadlines", "eu-gdpr", "erase-everything", "--from", "2026-11-23"),
    ("law", "deadlines", "eu-gdpr", "delete", "--from", "23.11.2026"),
    ("law", "applicable"), ("generate", "P-7K3M9Q"), ("serve", "--port", "70000"),
    ("person", "add", "--file", "a.yaml", "--given", "Avery")])
def test_wrong_usage_exits_2(optout: Program, words: tuple[str, ...]) -> None:
    answer = optout(*words)
    assert answer.code == 2
    assert "Usage: optout" in answer.err


def test_a_forbidden_event_exits_1_and_names_the_allowed_ones(walked: Walked) -> None:
    answer = walked.program("request", "mark", walked.requests[0]["id"], "confirm_link_used")
    assert answer.code == 1
    allowed = walked.program.json("request", "show", walked.requests[0]["id"])["allowed"]
    assert allowed
    assert all(event in answer.err for event in allowed)


def test_an_unknown_event_is_wrong_usage(walked: Walked) -> None:
    answer = walked.program("request", "mark", walked.requests[0]["id"], "make_it_vanish")
    assert answer.code == 2
    assert "mark_sent" in answer.err


@pytest.mark.parametrize("words", [
    ("registry", "show", "spokeeo"), ("request", "show", "OPT-222222"),
    ("person", "show", "P-222222"), ("plan", "P-222222"),
    ("law", "deadlines", "us-zz", "delete", "--from", "2026-11-23"),
    ("law", "applicable", "--residence", "California")])
def test_what_is_not_there_exits_1_with_a_remedy(optout: Program, words: tuple[str, ...]) -> None:
    answer = optout(*words)
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.count("\n") == 1
    assert "Traceback" not in answer.err


def held_back(program: Program, person: str) -> tuple[str, str]:
    """A broker that the plan asks about first, and the question."""
    plan = program.json("plan", person)
    return next((action["broker"], gate["id"]) for action in plan["actions"]
                if not action["missing"] for gate in action["gates"]
                if gate["holds"] and gate["level"] == "confirm")


def test_a_gate_must_be_answered_before_a_request_is_made(walked: Walked) -> None:
    program = walked.program
    broker, gate = held_back(program, walked.person)
    refused = program("request", "create", walked.person, "--broker", broker)
    assert refused.code == 1
    assert broker not in {one["broker"] for one in program.json("request", "list")}
    while gate:
        plan = program.json("plan", walked.person, "--broker", broker, "--answer", gate)
        gate = next((found["id"] for action in plan["actions"] for found in action["gates"]
                     if found["holds"]), "")
    made = program.json("request", "create", walked.person, "--broker", broker)
    assert [one["broker"] for one in made] == [broker]


def test_no_answer_to_a_question_is_kept_as_no(walked: Walked) -> None:
    program = walked.program
    broker, gate = held_back(program, walked.person)
    after = program.json("plan", walked.person, "--broker", broker, "--answer", f"{gate}=no")
    assert any(found["id"] == gate and found["holds"]
               for action in after["actions"] for found in action["gates"])
    yes = program.json("plan", walked.person, "--broker", broker, "--answer", f"{gate}:{broker}")
    assert not any(found["id"] == gate and found["holds"]
                   for action in yes["actions"] for found in action["gates"])


def test_a_question_that_was_not_asked_cannot_be_answered(walked: Walked) -> None:
    answer = walked.program("plan", walked.person, "--broker", "clearview-ai",
                            "--answer", "no-such-question")
    assert answer.code == 1
    assert "no-such-question" in answer.err


def test_without_passphrase_and_terminal_the_remedy_is_named(walked: Walked) -> None:
    walked.program.environment.clear()
    answer = walked.program("person", "list")
    assert answer.code == 1
    assert "OPTOUT_PASSPHRASE_FILE" in answer.err


def test_an_unforeseen_error_shows_a_number_and_no_value(
    walked: Walked, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("Avery Sample, 100 Fictional Way")

    monkeypatch.setattr("optout.services.people.everybody", broken)
    answer = walked.program("person", "list")
    assert (answer.code, answer.out) == (1, "")
    assert "Avery" not in answer.err
    number = answer.err.split("quote ")[1].rstrip(".\n")
    logged = (walked.program.instance / "logs" / "errors.log").read_text("utf-8")
    assert number in logged
    assert "RuntimeError" in logged
    assert "Avery" not in logged


def test_the_answer_for_people_is_a_table(optout: Program) -> None:
    shown = optout("registry", "search", "spokeo").out
    assert "spokeo" in shown
    assert "score" in shown
    assert not shown.lstrip().startswith(("[", "{"))


def test_json_may_stand_before_the_command_too(optout: Program) -> None:
    assert optout("--json", "law", "list").json == optout("law", "list", "--json").json
