"""The JSON that the command line promises, key by key (DESIGN, section 6)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from optout.cli import shapes
from optout.domain.footing import ComputedDate, Deadlines
from optout.domain.words import PeriodUnit
from tests.cli.conftest import BROKERS, Walked
from tests.program import Program
from tests.registry.sample import SMALL


def keys(value: dict[str, Any], *promised: str) -> None:
    assert set(promised) <= set(value), set(promised) - set(value)


def test_registry_stats(optout: Program) -> None:
    found = optout.json("registry", "stats")
    keys(found, "brokers", "by_category", "by_channel", "by_role", "registered_in",
         "with_source", "verified", "corroborated", "unverified", "oldest_checked")
    assert found["brokers"] == sum(found["by_role"].values()) >= 60
    assert found["registered_in"]["us-ca"] > 0


def test_registry_show(optout: Program) -> None:
    found = optout.json("registry", "show", "spokeo")
    keys(found, "id", "name", "role", "procedures", "covers", "covered_by", "stale", "line",
         "sources")
    assert found["id"] == "spokeo"
    lines = Path("brokers.yaml").read_text("utf-8").splitlines()
    assert "spokeo" in lines[found["line"] - 1]


def test_registry_search_forgives_a_typing_error(optout: Program) -> None:
    found = optout.json("registry", "search", "spoekeo")
    keys(found[0], "id", "name", "score")
    assert found[0]["id"] == "spokeo"
    assert found[0]["score"] == max(hit["score"] for hit in found)


def test_registry_search_by_options_alone(optout: Program) -> None:
    found = optout.json("registry", "search", "--told", "sold_law_enforcement",
                        "--category", "people_search", "--region", "US-CA")
    assert "spokeo" in {hit["id"] for hit in found}
    assert {hit["score"] for hit in found} == {None}
    both = optout.json("registry", "search", "spokeo", "--channel", "email")
    assert both[0]["id"] == "spokeo"
    assert both[0]["score"] == 100
    refused = optout("registry", "search", "--told", "nothing")
    assert refused.code == 1
    assert "told" in refused.err
    assert optout("registry", "search").code == 1


def test_registry_match_never_repeats_the_path(optout: Program) -> None:
    assert optout.json("registry", "match", "https://www.spokeo.com/Avery-Sample/x") == {
        "url_host": "www.spokeo.com", "broker": "spokeo", "name": "Spokeo"}
    assert optout.json("registry", "match", "https://people.example.com/Avery") == {
        "url_host": "people.example.com", "broker": None, "name": None}
    shown = optout("registry", "match", "https://people.example.com/Avery").out
    assert "brokers.local.yaml" in shown
    assert "Avery" not in shown
    known = optout("registry", "match", "https://www.spokeo.com/Avery-Sample").out
    assert "belongs to Spokeo" in known
    refused = optout("registry", "match", "Avery Sample")
    assert refused.code == 1
    assert "Avery" not in refused.out + refused.err


def test_registry_check(optout: Program) -> None:
    found = optout.json("registry", "check")
    keys(found, "ok", "brokers", "errors", "warnings")
    assert found["ok"] is True
    assert found["errors"] == []


def test_registry_check_asks_links_only_when_told(
        optout: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    from optout.registry import links

    asked: list[str] = []

    def answers(urls: list[str], *, pause: float) -> Iterator[links.LinkAnswer]:
        assert pause == links.PAUSE
        asked.extend(urls)
        for number, url in enumerate(urls):
            yield links.LinkAnswer(url, links.LinkKind.GONE if number else links.LinkKind.ALIVE,
                                   404 if number else 200)

    monkeypatch.setattr(links, "ask_all", answers)
    assert "links" not in optout.json("registry", "check", SMALL)
    assert asked == []
    found = optout.json("registry", "check", SMALL, "--links")
    assert (found["links"]["alive"], found["links"]["gone"]) == (1, 1)
    assert Path(found["links"]["file"]).exists()
    shown = optout("registry", "check", SMALL, "--links", "--only", "example-search").out
    assert "1 alive, 0 moved, 1 gone, 0 refused us, 0 unreachable; 0 left" in shown
    assert optout("registry", "check", SMALL, "--only", "nobody").code == 1
    assert all("example" in url for url in asked)


def test_a_date_that_will_move_has_no_day_of_lateness() -> None:
    end = ComputedDate(
        day=date(2026, 12, 23), late_from=date(2026, 12, 24), starts_on=date(2026, 11, 23),
        number=1, unit=PeriodUnit.MONTHS, citation="GDPR Art. 12(3)", arithmetic=("Day 0",))
    final = shapes.deadlines(Deadlines(respond_by=end))
    assert (final["late_from"], final["provisional"]) == ({"respond_by": "2026-12-24"}, [])
    open_question = shapes.deadlines(Deadlines(respond_by=replace(end, provisional=True)))
    assert open_question["late_from"] == {"respond_by": None}
    assert open_question["provisional"] == ["respond_by"]
    assert open_question["respond_by"] == "2026-12-23"


def test_law_list(optout: Program) -> None:
    found = {law["id"]: law for law in optout.json("law", "list")}
    for law in found.values():
        keys(law, "id", "name", "jurisdiction", "effective", "status", "rights")
    assert any("delete" in law["rights"] for law in found.values())


def test_law_applicable_for_a_californian(optout: Program) -> None:
    found = optout.json("law", "applicable", "--residence", "US-CA", "--on", "2026-11-23")
    for footing in found:
        keys(footing, "law", "right", "citation", "reaches_third_party_data", "limits")
        assert footing["citation"] or footing["law"] == "voluntary"
    assert ("us-ca-delete-act", "delete") in {(f["law"], f["right"]) for f in found}


def test_law_applicable_differs_with_the_residence(optout: Program) -> None:
    laws = {place: {f["law"] for f in optout.json("law", "applicable", "--residence", place)}
            for place in ("US-CA", "DE")}
    assert laws["US-CA"] != laws["DE"]


def test_law_applicable_counts_several_homes_and_one_left_lately(optout: Program) -> None:
    words = ("law", "applicable", "--residence", "US-VA", "--residence", "DE", "--broker", "spokeo")
    both = optout.json(*words)
    assert {f["law"] for f in both} == {"us-va-vcdpa", "eu-gdpr"}
    moved = optout.json(*words, "--moved-from", "US-CA")
    assert moved[:len(both)] == both
    assert {f["law"] for f in moved[len(both):]} == {"us-ca-ccpa"}
    for footing in moved[len(both):]:
        assert "still_resident" in {limit["key"] for limit in footing["limits"]}


def test_an_agent_with_a_power_of_attorney_may_do_more(optout: Program) -> None:
    words = ("law", "applicable", "--residence", "US-CO", "--broker", "spokeo",
             "--acting-as", "agent", "--on", "2026-11-27")
    alone = {f["right"] for f in optout.json(*words)}
    assert alone == {"opt_out_of_sale", "opt_out_of_targeted_ads", "opt_out_of_profiling"}
    assert {"delete", "access"} <= {
        f["right"] for f in optout.json(*words, "--power-of-attorney")}


def test_what_only_the_person_can_say_is_asked_and_kept_nowhere(optout: Program) -> None:
    words = ("law", "applicable", "--residence", "US-NJ", "--broker", "spokeo", "--json")
    officials = "us-nj-daniels-law"
    assert officials not in {f["law"] for f in optout(*words).json}
    asked = optout(*words, "--ask", typed="y\n" * 9)
    assert "a prosecutor" in asked.err
    assert officials in {f["law"] for f in asked.json}
    assert officials not in {f["law"] for f in optout(*words, "--ask", typed="n\n" * 9).json}
    assert not optout.instance.exists() or not any(
        officials.encode() in path.read_bytes() for path in optout.instance.rglob("*")
        if path.is_file())


def test_nobody_is_asked_for_a_citizenship(optout: Program) -> None:
    words = ("law", "applicable", "--residence", "US-NY", "--broker", "uscis")
    asked = optout(*words, "--ask", "--json", typed="y\n" * 9)
    assert "citizen" not in asked.err
    assert {f["law"] for f in asked.json} == {"us-federal-foia"}
    assert "Counsel says whether it applies" in " ".join(optout(*words).out.split())


def test_law_deadlines(optout: Program) -> None:
    found = optout.json("law", "deadlines", "us-ca-ccpa", "delete", "--from", "2026-11-23")
    keys(found, "acknowledge_by", "respond_by", "extended_respond_by", "citations")
    assert found["acknowledge_by"] == "2026-12-09", "Thanksgiving and the day after are closed"
    assert found["respond_by"] == "2027-01-07"
    assert found["extended_respond_by"] == "2027-02-21"
    assert found["citations"]


def test_person_add_list_and_show(optout: Program, person_file: Path) -> None:
    added = optout.json("person", "add", "--file", person_file)
    assert added["id"].startswith("P-")
    assert [one["id"] for one in optout.json("person", "list")] == [added["id"]]
    shown = optout.json("person", "show", added["id"])
    assert shown["id"] == added["id"]
    assert shown["reply_email"] == "optout.sample@example.com"


def test_options_and_file_give_the_same_person(optout: Program, person_file: Path) -> None:
    from_file = optout.json("person", "add", "--file", person_file)
    from_options = optout.json(
        "person", "add", "--given", "Avery", "--family", "Sample",
        "--email", "avery.sample@example.com", "--phone", "+1 415 555 0142",
        "--address", "100 Fictional Way; San Francisco; CA; 94102; US", "--residence", "US-CA",
        "--date-of-birth", "1985-04-12", "--reply-email", "optout.sample@example.com",
        "--reply-address", "PO Box 0; San Francisco; CA; 94102; US")
    assert from_file.pop("id") != from_options.pop("id")
    assert from_options == from_file


def test_plan(walked: Walked) -> None:
    found = walked.program.json("plan", walked.person, "--broker", "clearview-ai")
    keys(found, "actions", "uncovered", "minutes", "registry_age_days")
    for action in found["actions"]:
        keys(action, "kind", "broker", "covers", "channel", "law", "right", "minutes", "needs",
             "missing", "gates")
    assert found["minutes"] == sum(action["minutes"] for action in found["actions"])


def test_plan_exits_0_also_when_something_stays_uncovered(walked: Walked) -> None:
    answer = walked.program("plan", walked.person, "--broker", BROKERS[0], "--json")
    assert answer.code == 0
    assert BROKERS[0] in {item["broker"] for item in answer.json["uncovered"]}


def test_requests_from_create_to_mark(walked: Walked) -> None:
    program, first = walked.program, walked.requests[0]
    keys(first, "id", "broker", "law", "right", "channel", "standing")
    assert first["standing"] == "draft"
    listed = program.json("request", "list", walked.person)
    assert {one["id"] for one in listed} == {one["id"] for one in walked.requests}
    sent = program.json("request", "mark", first["id"], "mark_sent", "--on", "2026-11-24",
                        "--before-making")
    assert (sent["standing"], sent["sent_on"]) == ("sent", "2026-11-24")
    shown = program.json("request", "show", first["id"])
    keys(shown, "id", "events", "dates", "follow_ups", "allowed")
    assert [event["event"] for event in shown["events"]] == ["mark_sent"]


def test_generate_writes_what_it_says(walked: Walked, tmp_path: Path) -> None:
    rows = walked.program.json("generate", walked.person, "--out", tmp_path / "letters")
    assert {row["request"] for row in rows} == {one["id"] for one in walked.requests}
    for row in rows:
        keys(row, "request", "broker", "kind", "path", "sha256")
        path = Path(row["path"])
        assert path.is_absolute()
        assert hashlib.sha256(path.read_bytes()).hexdigest() == row["sha256"]
        assert row["kind"] in {"letter", "email", "form_sheet"}
    assert {path.name for path in (tmp_path / "letters").iterdir()} == {
        Path(row["path"]).name for row in rows}


def test_generating_again_gives_the_same_files(walked: Walked, tmp_path: Path) -> None:
    once = walked.program.json("generate", walked.person, "--out", tmp_path / "letters")
    again = walked.program.json("generate", walked.person, "--out", tmp_path / "letters")
    assert again == once


def test_due_lists_a_sent_request_after_its_time(walked: Walked) -> None:
    program, first = walked.program, walked.requests[0]["id"]
    program.json("request", "mark", first, "mark_sent", "--on", "2026-11-24",
                 "--before-making")
    rows = program.json("due", "--on", "2027-06-01")
    for row in rows:
        keys(row, "id", "kind", "request", "broker", "due_on", "days_overdue")
    assert first in {row["request"] for row in rows}
    assert all(row["days_overdue"] >= 0 for row in rows)


def test_doctor_is_content_with_a_whole_folder(walked: Walked) -> None:
    answer = walked.program("doctor", "--json")
    found = answer.json
    keys(found, "ok", "findings")
    assert found["ok"] is True
    for finding in found["findings"]:
        keys(finding, "ok", "what", "remedy")


def test_a_reply_is_read_and_matched(walked: Walked, tmp_path: Path) -> None:
    request = walked.requests[0]["id"]
    walked.program.json("request", "mark", request, "mark_sent")
    mail = tmp_path / "answer.eml"
    mail.write_text(
        "From: privacy@broker.example\nTo: optout.sample@example.com\n"
        f"Subject: Re: Your request {request}\nMessage-ID: <1@broker.example>\n\n"
        "We have received your request.\n", "utf-8")
    rows = walked.program.json("inbox", "import", mail)
    assert len(rows) == 1
    keys(rows[0], "message_id", "request", "matched_by", "reading")
    keys(rows[0]["reading"], "kind", "evidence")
    assert (rows[0]["request"], rows[0]["matched_by"]) == (request, "reference")


def test_a_folder_of_replies_and_mailboxes_is_read_whole(
    walked: Walked, tmp_path: Path
) -> None:
    folder = tmp_path / "mail"
    folder.mkdir()
    mail = "From: a@broker.example\nSubject: {}\nMessage-ID: <{}@broker.example>\n\nHello.\n"
    (folder / "one.eml").write_text(mail.format("Offer", 1), "utf-8")
    (folder / "two.mbox").write_text("".join(
        f"From a@broker.example Mon Nov 23 12:00:00 2026\n{mail.format('Offer', n)}\n"
        for n in (2, 3)), "utf-8")
    (folder / "notes.txt").write_text("no mail", "utf-8")
    rows = walked.program.json("inbox", "import", folder)
    assert [row["message_id"] for row in rows] == [
        f"<{n}@broker.example>" for n in (1, 2, 3)]
    assert {row["request"] for row in rows} == {None}


def test_a_message_larger_than_mail_servers_take_is_refused(
    walked: Walked, tmp_path: Path
) -> None:
    mail = tmp_path / "huge.eml"
    with mail.open("wb") as file:
        file.truncate(41 * 1024 * 1024)
    answer = walked.program("inbox", "import", mail)
    assert answer.code == 1
    assert "huge.eml" in answer.err
