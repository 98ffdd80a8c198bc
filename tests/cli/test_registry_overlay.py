"""The user's own corrections on the command line: compared, and written as a patch."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.program import Program
from tests.registry.sample import SHIPPED

OVERLAY = """\
brokers:
- id: spokeo
  operator: Another, Inc.
  notes: Ask avery@example.com.
- id: my-own
  name: My Own
  role: broker
  category: marketing
  status: {is: active}
  cannot: It has no way out.
  sources: [{url: "https://own.example/", checked: 2026-11-20}]
"""


def _correct(optout: Program, text: str) -> None:
    folder = optout.instance
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "brokers.local.yaml").write_text(text, "utf-8")


def test_registry_diff(optout: Program) -> None:
    assert optout.json("registry", "diff") == {"entries": []}
    assert "no corrections" in optout("registry", "diff").out
    _correct(optout, OVERLAY)
    spokeo, own = optout.json("registry", "diff")["entries"]
    assert (spokeo["id"], spokeo["kind"]) == ("spokeo", "changed")
    assert spokeo["fields"][0].keys() == {"field", "packaged", "own"}
    assert (spokeo["fields"][0]["field"], spokeo["fields"][0]["own"]) == (
        "operator", "Another, Inc.")
    assert (own["id"], own["kind"], own["fields"][0]["packaged"]) == ("my-own", "new", None)
    shown = optout("registry", "diff").out
    assert "Another, Inc." in shown
    assert "added by you" in shown
    assert "anew" not in shown


def test_registry_diff_names_conflicts(optout: Program) -> None:
    _correct(optout, "brokers:\n- id: spokeo\n  name: Mine\n  cannot: "
             f"{'Nothing. ' * 40}\n  over: {{name: abc}}\n")
    shown = optout("registry", "diff").out
    assert "both changed" in shown
    assert "undo your correction" in shown


def test_registry_patch(optout: Program, tmp_path: Path) -> None:
    out = tmp_path / "upstream" / "mine.patch"
    nothing = optout.json("registry", "patch", "--out", out)
    assert nothing == {"path": None, "entries": [], "left_out": []}
    assert not out.parent.exists()
    _correct(optout, OVERLAY)
    made = optout.json("registry", "patch", "--out", out)
    assert made["path"] == str(out)
    assert [entry["id"] for entry in made["entries"]] == ["spokeo", "my-own"]
    assert [(one["id"], one["field"]) for one in made["left_out"]] == [("spokeo", "notes")]
    assert "avery" not in out.read_text("utf-8")
    (out.parent / "brokers.yaml").write_bytes(SHIPPED.read_bytes())
    subprocess.run(["git", "apply", out.name], cwd=out.parent, check=True)
    assert optout("registry", "check", out.parent / "brokers.yaml").code == 0
    shown = optout("registry", "patch", "--out", out).out
    assert "What stays with you" in shown
    assert "Read it before you send it" in shown


def test_registry_check_looks_at_ones_own_corrections_too(optout: Program) -> None:
    _correct(optout, "brokers:\n- id: spokeo\n  name: Mine\n  over: {name: abc}\n")
    found, = (one for one in optout.json("registry", "check")["warnings"]
              if one["file"] == "brokers.local.yaml")
    assert (found["broker"], found["field"], found["line"]) == ("spokeo", "name", 3)
    _correct(optout, "brokers:\n- id: spokeo\n  role: baker\n")
    assert optout("registry", "check").code == 1
    assert optout("registry", "check", SHIPPED).code == 0
