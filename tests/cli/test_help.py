"""Every command explains itself, at once."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import click
import pytest

from optout.cli.main import cli

HEAVY = ("flask", "sqlalchemy", "reportlab", "apscheduler", "alembic", "icalendar", "holidays",
         "phonenumbers", "email_validator", "yaml", "rich", "keyring", "jinja2", "wtforms",
         "cryptography", "argon2", "sqlcipher3", "waitress", "msgspec", "rapidfuzz")

PROMISED = {
    "serve", "demo", "registry stats", "registry show", "registry search", "registry check",
    "registry match", "registry diff", "registry patch",
    "law list", "law show", "law applicable", "law deadlines",
    "law table",
    "law holidays list", "law holidays add", "law holidays remove",
    "person add", "person list", "person show", "person counsel",
    "person authorization add", "person authorization list", "person authorization revoke",
    "person papers", "person paper", "report",
    "plan", "request create", "request list", "request show", "request mark",
    "request reroute", "request continue", "request merge", "request refusal",
    "request draft", "request filed", "request letters", "request letter", "generate", "due",
    "remind", "find", "request export",
    "calendar", "calendar feed", "doctor", "inbox import", "registry import", "recheck",
    "registry record",
    "reminders", "reminders show", "reminders server", "reminders mail", "reminders desktop",
    "reminders test", "reminders run", "reminders outbox", "proof list", "proof remove",
}


def commands(group: click.Group = cli, path: tuple[str, ...] = ()
             ) -> Iterator[tuple[str, click.Command]]:
    """Every command by its full name."""
    for name, command in group.commands.items():
        here = (*path, name)
        if isinstance(command, click.Group):
            yield from commands(command, here)
        if not isinstance(command, click.Group) or command.invoke_without_command:
            yield " ".join(here), command


ALL = dict(commands())


def test_the_promised_commands_are_there() -> None:
    assert set(ALL) == PROMISED


@pytest.mark.parametrize("name", ALL)
def test_a_command_says_what_it_does(name: str) -> None:
    assert ALL[name].help


@pytest.mark.parametrize("name", ALL)
def test_a_commands_short_help_is_not_cut_off(name: str) -> None:
    assert not ALL[name].get_short_help_str(60).endswith("...")


@pytest.mark.parametrize("name", ALL)
def test_every_option_says_what_it_does(name: str) -> None:
    for parameter in ALL[name].params:
        if isinstance(parameter, click.Option):
            assert parameter.help or parameter.name in {"given", "middle", "family", "emails"}, (
                parameter.name)


@pytest.mark.parametrize("name", ALL)
def test_every_command_speaks_json_and_chooses_its_data_folder(name: str) -> None:
    words = {word for parameter in ALL[name].params for word in parameter.opts}
    assert {"--json", "--instance"} <= words


def test_help_imports_no_heavy_library() -> None:
    code = ("import sys\nsys.argv = ['optout', '--help']\n"
            "from optout.bootstrap import main\n"
            "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code\n"
            f"print('heavy:', sorted(set({HEAVY!r}) & set(sys.modules)))")
    shown = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True,
                           text=True).stdout
    assert shown.startswith("Usage: optout")
    assert shown.rstrip().endswith("heavy: []")


def test_the_module_and_the_script_are_one_program() -> None:
    shown = subprocess.run([sys.executable, "-m", "optout", "--version"], check=True,
                           capture_output=True, text=True).stdout
    assert shown.startswith("optout ")
