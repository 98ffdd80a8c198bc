"""What is due on the command line: the promised list, and what is done about a task."""

from __future__ import annotations

from tests.cli.conftest import Walked

KEYS = {"id", "kind", "request", "broker", "due_on", "days_overdue", "broker_name", "why", "person",
        "show_on", "number", "words"}


def test_tasks_are_listed_put_off_set_aside_done_and_taken_back(walked: Walked) -> None:
    program, request = walked.program, walked.requests[0]["id"]
    program.json("request", "mark", request, "mark_sent")
    rows = program.json("due", "--on", "2027-06-01", "--person", walked.person)
    assert all(set(row) == KEYS for row in rows)
    task = next(row for row in rows if row["kind"] == "respond_due")
    assert (task["request"], task["person"], task["show_on"]) == (
        request, walked.person, task["due_on"])

    off = program.json("due", "--snooze", task["id"].lower(), "--until", "2027-02-01")
    assert (off["state"], off["due_on"], off["show_on"]) == (
        "waiting", task["due_on"], "2027-02-01")
    assert program.json("due", "--reopen", task["id"])["show_on"] == task["due_on"]
    aside = program("due", "--not-needed", task["id"], "--reason", "-", "--json",
                    typed="they called\n").json
    assert (aside["state"], aside["reason"]) == ("not_needed", "they called")
    program.json("due", "--reopen", task["id"])
    assert "done" in program("due", "--done", task["id"]).out


def test_tasks_of_one_request_stand_together(walked: Walked) -> None:
    program = walked.program
    first, second = (one["id"] for one in walked.requests[:2])
    for request in (first, second):
        program.json("request", "mark", request, "mark_sent")
    program("remind", first, "--on", "2027-01-04", "--words", "ask Robin")
    rows = program.json("due", "--on", "2027-06-01")
    table = program("due", "--on", "2027-06-01").out.splitlines()
    lines = [line for line in table if line.startswith(" F-")]
    assert sorted(line.split()[0] for line in lines) == sorted(row["id"] for row in rows)
    kinds = {row["id"]: row["kind"] for row in rows}
    for request in (first, second):
        mine = [row["id"] for row in rows
                if row["request"] == request and row["kind"] != "own_reminder"]
        (start,) = [place for place, line in enumerate(lines) if line.split()[0] == mine[0]]
        assert [line.split()[0] for line in lines[start:start + len(mine)]] == mine
        assert len(mine) > 1
        for place, (line, one) in enumerate(zip(lines[start:], mine, strict=False)):
            assert ("also" in line, request in line) == (place > 0, place == 0)
            assert kinds[one] in line
    assert sum("ask Robin" in line and "also" not in line for line in lines) == 1


def test_a_reminder_of_ones_own_is_listed_with_its_words(walked: Walked) -> None:
    program, request = walked.program, walked.requests[0]["id"]
    kept = program("remind", request, "--on", "2027-01-04", "--words", "-", "--json",
                   typed="ask Robin\n").json
    assert (kept["request"], kept["reason"]) == (request, "ask Robin")
    (row,) = [row for row in program.json("due", "--on", "2027-01-04") if row["words"]]
    assert (row["id"], row["kind"], row["words"]) == (kept["id"], "own_reminder", "ask Robin")
    assert "ask Robin" in program("due", "--on", "2027-01-04").out


def test_acts_without_what_they_need_are_wrong_usage(walked: Walked) -> None:
    for arguments in (("--snooze", "F-2"), ("--until", "2027-01-01"), ("--not-needed", "F-2"),
                      ("--reason", "x"), ("--done", "F-2", "--reopen", "F-2")):
        assert walked.program("due", *arguments).code == 2
    assert walked.program("due", "--done", "F-222222").code == 1
    assert walked.program("due", "--person", "P-222222").code == 1
    assert walked.program.json("due") == []
