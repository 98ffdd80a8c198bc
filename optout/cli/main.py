"""The command `optout`: its groups, and the one place where errors become exit codes."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from optout import __version__, logs
from optout.cli import (
    authorizations,
    brokers,
    calendar,
    client_papers,
    doctor,
    due,
    finding,
    inbox,
    later_letters,
    law,
    papers,
    people,
    plan,
    proofs,
    recheck,
    reminders,
    request_turns,
    requests,
    start,
)
from optout.cli.frame import Group
from optout.cli.state import House, State
from optout.cli.trouble import REFUSED, explain


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
def cli() -> None:
    """Get out of data brokers: requests, legal clocks, replies, re-checks. All on this machine.

    Start with “optout serve”, or see everything at once with “optout demo --out demo-out”.
    """


for _room in (start, brokers, law, people, plan, recheck, requests, papers, calendar, inbox,
              request_turns, doctor, authorizations, client_papers, later_letters, finding,
              due, reminders, proofs):
    _room.join(cli)


def main(*, obj: House, arguments: Sequence[str] | None = None) -> NoReturn:
    """Run one command and end the process: 0 done, 1 refused or found something, 2 wrong usage.

    Args:
        obj: the house, as `optout.bootstrap` furnishes it.
        arguments: the words after `optout`; default: those of the process.
    """
    _speak_utf8()
    logs.set_up("warning")  # before any library speaks: what it says may name somebody
    state = State(obj)
    try:
        code = cli.main(args=arguments, prog_name="optout", standalone_mode=False, obj=state)
    except click.ClickException as wrong:
        wrong.show()
        code = wrong.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        code = REFUSED
    except BrokenPipeError:  # the reader of a pipe has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = REFUSED
    except Exception as error:  # noqa: BLE001 -- the edge: every error becomes one clear line
        code = explain(error, state)
    finally:
        state.close()
    sys.exit(code if isinstance(code, int) else 0)


def _speak_utf8() -> None:
    """Names are written in every alphabet; a pipe on Windows expects less unless told."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            with contextlib.suppress(ValueError):
                stream.reconfigure(encoding="utf-8", errors="replace")
