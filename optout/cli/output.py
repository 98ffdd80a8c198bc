"""Answers: JSON for programs, tables for people."""

from __future__ import annotations

import contextlib
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from textwrap import indent
from typing import Any

import click

from optout.cli.state import State

TABLE_ROWS = 500
"""Rows of one table on the terminal; more come as further tables."""

PIPE_WIDTH = 160
"""Columns of a table that goes into a file or a pipe."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")

Row = Sequence[object]


def answer(state: State, data: Any, *shown: Any) -> None:
    """Print `data` as JSON, or else what is shown to people (texts and `table`s, in order)."""
    if state.as_json:
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    for item in shown:
        if isinstance(item, str):
            click.echo(clean(item))
        else:
            _console().print(item)


def json_list(items: Iterable[Any]) -> None:
    """Print a JSON list while it is read, however long it is."""
    lead = "[\n"
    for item in items:
        text = json.dumps(item, ensure_ascii=False, indent=2)
        click.echo(lead + indent(text, "  "), nl=False)
        lead = ",\n"
    click.echo("\n]" if lead == ",\n" else "[]")


def table(columns: Sequence[str], rows: Iterable[Row], *, title: str = "", empty: str = "") -> Any:
    """A table for people; the sentence `empty` where there are no rows."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    made = Table(title=title or None, title_justify="left", title_style="bold",
                 header_style="bold", box=SIMPLE_HEAD, pad_edge=False,
                 show_header=any(columns))
    for name in columns:
        made.add_column(name, overflow="fold", justify="left")
    for row in rows:
        made.add_row(*(cell(value) for value in row))
    return made if made.row_count or not empty else empty


def cell(value: object) -> str:
    """A value in a table: nothing for None, yes and no for truth, lists with commas."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(cell(item) for item in value)
    return clean(str(value))


def clean(text: str) -> str:
    """Text that cannot steer a terminal."""
    return _CONTROL.sub("", text)


@contextlib.contextmanager
def progress(state: State, what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on the terminal while long work goes on; silent for programs and in pipes.

    Yields:
        A function that is told how much is done, of how much.
    """
    if state.as_json or not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _console() -> Any:
    from rich.console import Console

    width = None if sys.stdout.isatty() else PIPE_WIDTH
    return Console(width=width, markup=False, highlight=False, emoji=False)
