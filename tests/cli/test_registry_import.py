"""The command that takes a state's list: its answer, its tables, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from optout.cli import registry_import
from tests.program import Program
from tests.registry.official.states import SAMPLES

CALIFORNIA = SAMPLES / "ca-2026.csv"


def test_the_answer_has_the_promised_shape(optout: Program) -> None:
    found = optout.json("registry", "import", "--from", "us-ca", CALIFORNIA)
    assert list(found) == ["rows", "new", "matched", "changed", "rejected", "gone",
                           "unknown_headings", "year"]
    assert (found["rows"], found["new"], found["matched"]) == (9, 5, 0)
    assert found["rejected"][0] == {"row": 8, "reason": "it names no company"}
    assert optout.json("registry", "show", "fictional-data")["category"] == "registered_broker"
    again = optout.json("registry", "import", "--from", "us-ca", CALIFORNIA)
    assert (again["new"], again["changed"], again["matched"]) == (0, 0, 5)


def test_people_see_tables_and_whether_anything_was_written(optout: Program) -> None:
    shown = optout("registry", "import", "--from", "us-or", SAMPLES / "or-opt-out.csv",
                   "--dry-run").out
    for words in ("new companies", "portal-only", "it names no company", "SHOE SIZE",
                  "Nothing was written."):
        assert words in shown
    assert not (optout.instance / "brokers.local.yaml").exists()
    shown = optout("registry", "import", "--from", "us-ca", SAMPLES / "ca-2025.csv").out
    assert "Your registry is up to date." in shown
    shown = optout("registry", "import", "--from", "us-ca", CALIFORNIA).out
    assert "vanished-lists" in shown, "who is gone is told"
    assert "registered_in" in shown, "what changed is told"


def test_long_lists_are_cut_with_a_word_on_the_rest(
        optout: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry_import, "SHOWN", 2)
    shown = optout("registry", "import", "--from", "us-ca", CALIFORNIA).out
    assert "… and 3 more; --json lists all." in shown
    assert "… and 1 more; --json lists all." in shown


def test_a_file_of_another_state_is_refused(optout: Program, tmp_path: Path) -> None:
    answer = optout("registry", "import", "--from", "us-tx", CALIFORNIA)
    assert answer.code == 1
    assert "ca-2026.csv is not the list of data brokers of Texas" in answer.err
    assert optout("registry", "import", "--from", "us-ca", tmp_path / "none.csv").code == 1
    assert optout("registry", "import", "--from", "us-ny", CALIFORNIA).code == 2
    assert optout("registry", "import", CALIFORNIA).code == 2
