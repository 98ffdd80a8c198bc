"""The dress of a command: `--json` and `--instance` on every one, before or after its name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from optout.cli.state import State

F = TypeVar("F", bound=Callable[..., Any])


def _set_json(context: click.Context, _: click.Parameter, value: bool) -> None:  # noqa: FBT001 -- click calls it so
    if value:
        context.ensure_object(State).as_json = True


def _set_folder(context: click.Context, _: click.Parameter, value: Path | None) -> None:
    if value is not None:
        context.ensure_object(State).folder = value


def common_options() -> list[click.Parameter]:
    """The two options that every command and group takes."""
    return [
        click.Option(["--instance"], type=click.Path(path_type=Path, file_okay=False),
                     metavar="DIR", expose_value=False, is_eager=True, callback=_set_folder,
                     help="Use this data folder (also: OPTOUT_INSTANCE)."),
        click.Option(["--json"], is_flag=True, expose_value=False, is_eager=True,
                     callback=_set_json, help="Answer in JSON, for programs."),
    ]


class Command(click.Command):
    """A command with the common options."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.params.extend(common_options())


class Group(click.Group):
    """A group whose commands and sub-groups all have the common options."""

    command_class = Command
    group_class = type

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.params.extend(common_options())


class Day(click.ParamType[date]):
    """A date written like 2026-11-23."""

    name = "date"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """The date, or a usage error that shows how to write one."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"“{value}” is not a date. Write it like 2026-11-23.", param, ctx)


def day_option(name: str = "--on", *, text: str, required: bool = False) -> Callable[[F], F]:
    """A date option; the parameter is called after the option (`--from` becomes `start`)."""
    parameter = {"--from": "start"}.get(name, name.strip("-").replace("-", "_"))
    return click.option(name, parameter, type=Day(), metavar="DATE", help=text, required=required)


def choice(*values: str) -> click.Choice[str]:
    """One of these words, letter case forgiven."""
    return click.Choice(values, case_sensitive=False)


pass_state = click.make_pass_decorator(State)
