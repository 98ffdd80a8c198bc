"""A request's turns on the command line: a reason, another way, a merge."""

from __future__ import annotations

from tests.cli.conftest import Walked


def test_a_refusal_keeps_its_reason_and_the_law_is_asked_about_it(walked: Walked) -> None:
    program, request_id = walked.program, walked.requests[0]["id"]
    assert program.json("request", "refusal", request_id) is None
    early = program("request", "mark", request_id, "mark_sent", "--on", "2020-01-02")
    assert (early.code, "--before-making" in early.err) == (1, True)
    program.json("request", "mark", request_id, "mark_sent", "--on", "2020-01-02",
                 "--before-making")
    wrong = program("request", "mark", request_id, "acknowledge", "--reason", "policy")
    assert (wrong.code, "Only a refusal" in wrong.err) == (1, True)
    shown = program.json("request", "mark", request_id, "refuse", "--reason", "public_record")
    assert shown["events"][-1]["reason"] == "public_record"
    found = program.json("request", "refusal", request_id)
    assert found["reason"] == "public_record"
    assert {one["verdict"] for one in found["judgements"]} <= {
        "lawful", "unlawful", "depends", "unknown"}
    assert "What you can do" in program("request", "refusal", request_id).out
    program.json("request", "mark", request_id, "redirect")
    assert program("request", "continue", request_id).code == 1
    assert program("request", "merge", request_id, walked.requests[1]["id"]).code == 1
    moved = program("request", "reroute", request_id)
    assert (moved.code, "the link of your listing" in moved.err) == (1, True)
    shown = program("request", "show", request_id).out
    assert "First to be settled: They want the link of your listing." in " ".join(shown.split())


def test_what_came_back_goes_on_as_a_request_that_is_ready(walked: Walked) -> None:
    program, request_id = walked.program, walked.requests[0]["id"]
    for event, day in (("mark_sent", "2020-01-02"), ("claim_removed", "2020-01-09"),
                       ("look_not_found", "2020-01-20"), ("look_listed", "2020-03-02")):
        program.json("request", "mark", request_id, event, "--on", day,
                     *(["--before-making"] if event == "mark_sent" else []))
    new = program("request", "continue", request_id)
    assert new.code == 0, new.err
    assert f"It continues {request_id}, which is closed." in new.out
    assert f"optout generate {walked.person} --out letters" in new.out
    old = program.json("request", "show", request_id)
    shown = program.json("request", "show", old["successor"])
    assert (old["standing"], shown["standing"]) == ("closed", "ready")
