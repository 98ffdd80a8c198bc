"""Reminders from the command line: the password from a file, a test, the outbox, the doctor."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from optout.delivery import desktop
from tests.cli.conftest import PERSON_FILE
from tests.mail_server import PASSWORD, RECIPIENT, SENDER, USER, Post
from tests.program import Program


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "password.txt"
    path.write_text(PASSWORD + "\n", "utf-8")
    return path


def faults(optout: Program) -> list[str]:
    """What the doctor finds wrong with reminders."""
    return [one["what"] for one in json.loads(optout("doctor", "--json").out)["findings"]
            if not one["ok"] and ("mail" in one["what"] or "esktop" in one["what"])]


def test_a_server_a_test_and_a_first_reminder(
    optout: Program, guarded: Post, secret: Path
) -> None:
    server = ("reminders", "server", "--host", "127.0.0.1", "--port", guarded.port, "--security",
              "plain", "--user", USER, "--from", SENDER, "--to", RECIPIENT)
    assert optout("reminders", "mail", "--on").code == 1  # there is no server yet
    assert "--password-file" in optout(*server).err
    assert "cannot be read" in optout(*server, "--password-file", "nowhere").err
    assert optout("reminders", "server").code == 2
    optout.json(*server, "--password-file", secret)
    assert optout.json("reminders", "test")[0]["state"] == "sent"
    shown = optout.json("reminders", "mail", "--on", "--rhythm", "weekly", "--discretion", "kind")
    assert shown["mail"] == {
        "on": True, "held": False, "rhythm": "weekly", "discretion": "kind", "subject": "",
        "host": "127.0.0.1", "to": RECIPIENT}
    assert PASSWORD not in str(shown)
    assert optout.json("reminders", "run") == {"written": None, "sent": [], "desktop": None}
    assert optout.json("reminders", "mail", "--off")["mail"]["on"] is False
    assert "on" not in optout("reminders").out.split("desktop")[0].split()
    optout.json("reminders", "server", "--forget")
    assert "no mail server" in optout("reminders").out


def test_the_outbox_asks_and_the_doctor_tells(
    optout: Program, guarded: Post, secret: Path
) -> None:
    optout.json("reminders", "server", "--host", "127.0.0.1", "--port", guarded.port, "--security",
                "plain", "--user", USER, "--from", SENDER, "--password-file", secret)
    assert "has sent no e-mail" in optout("reminders", "outbox").out
    guarded.drop = True
    assert [optout("reminders", "test").code for _ in range(2)] == [1, 1]
    first, second = (one["id"] for one in optout.json("reminders", "outbox"))
    assert "2 e-mails of this program may or may not have arrived." in faults(optout)
    guarded.drop = False
    states = {one["id"]: one["state"] for one in optout.json(
        "reminders", "outbox", "--arrived", first, "--again", second)}
    assert states == {first: "sent", second: "sent"}
    assert optout("reminders", "outbox", "--leave", first).code == 1
    assert faults(optout) == []


def test_the_desktop_is_switched_on_and_off(
    optout: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert optout.json("reminders", "desktop", "--on")["desktop"]["on"]
    monkeypatch.setattr(desktop, "show", lambda *_: desktop.Shown.YES)
    assert "Notifications are off." in optout("reminders", "desktop", "--off").out
    monkeypatch.setattr(desktop, "LIBRARY", "no_such_library")
    assert "pip install" in optout("reminders").out.replace("\n", " ")
    assert optout("reminders", "desktop", "--on").code == 1


def test_somebody_at_risk_is_asked(optout: Program, secret: Path, tmp_path: Path) -> None:
    person = tmp_path / "person.yaml"
    person.write_text(PERSON_FILE.replace("at_risk: false", "at_risk: true"), "utf-8")
    optout.json("person", "add", "--file", person)
    optout.json("reminders", "server", "--host", "mail.example.com", "--port", 465, "--user", USER,
                "--from", SENDER, "--password-file", secret)
    refused = optout("reminders", "mail", "--on")
    assert refused.code == 1
    assert "who-sees-reminders" in refused.err
    more = ("reminders", "mail", "--on", "--discretion", "company", "--answer")
    assert "words-in-reminders" in optout(*more, "who-sees-reminders").err
    assert "who-sees-reminders" in optout(*more, "words-in-reminders").err
    assert not optout.json("reminders")["mail"]["on"]
    mail = optout.json("reminders", "mail", "--on", "--answer", "who-sees-reminders")["mail"]
    assert (mail["on"], mail["discretion"]) == (True, "number")
    assert optout(*more, "words-in-reminders").code == 0
    optout.json("reminders", "server", "--host", "mail.example.com", "--port", 465, "--user", USER,
                "--from", "other@example.com", "--password-file", secret)
    assert "held back" in optout("reminders").out
    assert faults(optout) == [
        "Reminders by e-mail are held back: a safety question is open."]
