"""The wiring: light until something is asked for, and whole when it is."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from optout import bootstrap
from optout.bootstrap import House
from optout.settings import Settings

HEAVY = ("flask", "sqlalchemy", "reportlab", "jinja2", "yaml", "apscheduler", "holidays",
         "phonenumbers", "email_validator", "icalendar", "cryptography", "argon2", "sqlcipher3",
         "optout.services", "optout.store")


def loaded(code: str) -> list[str]:
    """Which of the heavy modules a fresh Python has loaded after this code."""
    told = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport json, sys\nprint(json.dumps(list(sys.modules)))"],
        check=True, capture_output=True, text=True)
    modules = json.loads(told.stdout.splitlines()[-1])
    return [name for name in HEAVY if any(
        module == name or module.startswith(f"{name}.") for module in modules)]


def test_help_pays_for_none_of_the_heavy_libraries() -> None:
    assert loaded(
        "import sys\nfrom optout.bootstrap import main\nsys.argv = ['optout', '--help']\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code") == []


def test_python_m_optout_is_the_same_program() -> None:
    told = subprocess.run([sys.executable, "-m", "optout", "--version"], check=True,
                          capture_output=True, text=True)
    assert told.stdout.startswith("optout ")


def test_bootstrap_stays_short() -> None:
    assert len(Path(bootstrap.__file__).read_text("utf-8").splitlines()) < 80


def test_the_house_makes_a_locked_instance_its_pages_and_its_clock(tmp_path: Path) -> None:
    settings = Settings(instance=tmp_path / "instance")
    instance = House().make_instance(settings)
    assert not instance.is_open
    app, path = House().make_web(instance, settings)
    assert callable(app)
    assert path.startswith("/")
    jobs = House().start_jobs(instance)
    assert jobs.scheduler.running
    jobs.shutdown(wait=True)
    assert not (tmp_path / "instance").exists()


def test_main_closes_the_process_to_others_before_anything_else(
    monkeypatch: pytest.MonkeyPatch
) -> None:
    from optout import cli
    from optout.vault import process

    order: list[str] = []
    monkeypatch.setattr(process, "harden", lambda: order.append("hardened"))
    monkeypatch.setattr(cli, "main", lambda *, obj: order.append(type(obj).__name__))
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    bootstrap.main()
    assert order == ["hardened", "House"]
