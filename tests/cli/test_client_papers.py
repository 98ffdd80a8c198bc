"""Papers, the report and authorizations from the command line."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.cli.conftest import Walked
from tests.documents.reading import words_of
from tests.program import Program


@pytest.fixture
def person(optout: Program, person_file: Path) -> str:
    return str(optout.json("person", "add", "--file", person_file)["id"])


def test_a_report_is_written_with_its_hash_and_pages(walked: Walked, tmp_path: Path) -> None:
    out = tmp_path / "papers" / "report.pdf"
    answer = walked.program.json("report", walked.person, "--out", out)
    content = out.read_bytes()
    assert answer == {"path": str(out), "sha256": hashlib.sha256(content).hexdigest(),
                      "pages": answer["pages"]}
    assert answer["pages"] >= 1
    text = words_of(content)
    assert all(request["id"] in text for request in walked.requests)
    again = walked.program("report", walked.person, "--out", out)
    assert (again.code, "not encrypted" in again.out) == (0, True)
    assert "2026" in words_of(content)


def test_a_report_can_be_the_case_of_a_request(walked: Walked, tmp_path: Path) -> None:
    request, out = walked.requests[0]["id"], tmp_path / "case.pdf"
    answer = walked.program.json(
        "report", walked.person, "--bundle", request.lower(), "--out", out)
    assert answer["pages"] >= 2
    text = words_of(out.read_bytes())
    assert request in text
    assert "100 Fictional Way" not in text
    wrong = walked.program("report", walked.person, "--bundle", request, "--language", "es",
                           "--out", tmp_path / "x.pdf")
    assert (wrong.code, "--language" in wrong.err) == (2, True)
    other = walked.program("report", "P-222222", "--bundle", request, "--out", tmp_path / "x.pdf")
    assert (other.code, "is no request of" in other.err) == (1, True)
    assert not (tmp_path / "x.pdf").exists()


def test_a_report_in_spanish_on_a_day(optout: Program, person: str, tmp_path: Path) -> None:
    out = tmp_path / "informe.pdf"
    optout.json("report", person, "--out", out, "--language", "es", "--on", "2026-10-01")
    text = words_of(out.read_bytes())
    assert "Informe de avance" in text
    assert "1 de octubre de 2026" in text
    wrong = optout("report", person, "--out", tmp_path / "x.pdf", "--language", "xx")
    assert (wrong.code, "Choose one of: en, es" in wrong.err) == (1, True)


def test_no_file_is_written_over(optout: Program, person: str, tmp_path: Path) -> None:
    out = tmp_path / "mine.pdf"
    out.write_text("mine", "utf-8")
    refused = optout("report", person, "--out", out)
    assert (refused.code, "another file" in refused.err) == (1, True)
    assert out.read_text("utf-8") == "mine"


def test_papers_are_listed_and_made(optout: Program, person: str, tmp_path: Path) -> None:
    offers = {one["kind"]: one["unmet"] for one in optout.json("person", "papers", person)}
    assert offers["safety"] == ""
    assert offers["revocation"]
    assert "revocation" in optout("person", "papers", person).out
    for kind, unmet in offers.items():
        out = tmp_path / f"{kind}.pdf"
        made = optout("person", "paper", person, kind, "--out", out)
        assert (made.code == 0, out.exists()) == (not unmet, not unmet), made
    optout.json("person", "paper", person, "authorization", "--out", tmp_path / "planned.pdf",
                "--agent", "Sample Legal Clinic", "--from", "2026-12-01", "--until", "2027-11-30",
                "--company", "Spokeo", "--company", "Acxiom")
    text = words_of((tmp_path / "planned.pdf").read_bytes())
    for found in ("Sample Legal Clinic", "December 1, 2026", "November 30, 2027",
                  "Only with these: Spokeo, Acxiom."):
        assert found in text


def test_an_authorization_is_written_down_and_taken_back(
    optout: Program, person: str, tmp_path: Path
) -> None:
    assert "No authorization" in optout("person", "authorization", "list", person).out
    added = optout.json("person", "authorization", "add", person, "--agent",
                        "Sample Legal Clinic", "--signed-on", "2026-11-02", "--until",
                        "2027-11-01")
    assert added["living"] is True
    assert optout.json("person", "authorization", "list", person) == [added]
    optout.json("person", "paper", person, "authorization_us_ca", "--authorization",
                added["id"], "--out", tmp_path / "california.pdf")
    assert "Sample Legal Clinic" in words_of((tmp_path / "california.pdf").read_bytes())
    revoked = optout.json("person", "authorization", "revoke", added["id"], "--on", "2026-11-20")
    assert (revoked["revoked_on"], revoked["living"]) == ("2026-11-20", False)
    again = optout("person", "authorization", "revoke", added["id"])
    assert (again.code, "taken back since" in again.err) == (1, True)
    other = optout.json("person", "authorization", "add", person, "--agent", "Other Office",
                        "--power-of-attorney")
    assert (other["signed_on"], other["power_of_attorney"]) == ("2026-11-25", True)
    shown = optout("person", "authorization", "revoke", other["id"])
    assert "optout person paper" in shown.out
    early = optout("person", "authorization", "add", person, "--agent", "Office",
                   "--signed-on", "2026-11-02", "--until", "2026-11-01")
    assert (early.code, "ends before" in early.err) == (1, True)
