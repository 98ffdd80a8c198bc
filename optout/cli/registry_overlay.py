"""Commands about the user's own corrections of the registry: compare, and share."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from optout.cli.frame import Command, pass_state
from optout.cli.output import answer, table
from optout.cli.state import State, absolute

if TYPE_CHECKING:
    from optout.registry.own.difference import EntryDifference

_MEANINGS = {"new": "added by you", "changed": "corrected by you",
             "conflict": "both changed: look at it", "taken_up": "now in the registry"}
_SHOWN = 160


@click.command("diff", cls=Command)
@pass_state
def diff(state: State) -> None:
    """Compare your own corrections with the packaged registry.

    Where both changed, yours stays in force until you have looked at it.
    """
    from optout.services import corrections

    found = corrections.differences(state.library)
    conflicts = [one for one in found if one.kind == "conflict"]
    answer(state, {"entries": [one.as_dict() for one in found]},
           table(("broker", "", "field", "in the registry", "yours"), _rows(found),
                 empty="You have no corrections."),
           *["Where both changed, correct the entry anew, or undo your correction."]
           * bool(conflicts))


@click.command("patch", cls=Command)
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False),
              help="The patch file to write.")
@pass_state
def patch(state: State, out: Path) -> None:
    """Write your corrections as a patch for everyone's registry.

    It holds nothing but facts about brokers. What may be personal is left out and named: evidence,
    links that look like one person's listing, mailboxes and long numbers in sentences. Read what
    is shown before you send it to anyone.
    """
    from optout.services import corrections, made_files

    made = corrections.patch(state.library)
    left_out = [one.as_dict() for one in made.left_out]
    data: dict[str, Any] = {
        "path": None, "entries": [one.as_dict() for one in made.shared], "left_out": left_out}
    if made.text:
        made_files.replace_file(made.text.encode("utf-8"), Path(absolute(out)))
        data["path"] = absolute(out)
    answer(
        state, data,
        table(("broker", "", "field", "in the registry", "shared"), _rows(made.shared),
              title="What the patch says", empty="There is nothing to share."),
        *[table(("broker", "field", "why"),
                [(one["id"], one["field"], one["reason"]) for one in left_out],
                title="What stays with you")] * bool(left_out),
        *[f"Written to {absolute(out)}. Read it before you send it to anyone."] * bool(made.text))


def _rows(entries: tuple[EntryDifference, ...]) -> list[tuple[str, str, str, str, str]]:
    return [(entry.id, _MEANINGS[entry.kind], one.field, _short(one.packaged), _short(one.own))
            for entry in entries for one in entry.fields]


def _short(value: Any) -> str:
    """A raw value for a cell; long ones are cut, for JSON has them whole."""
    text = "" if value is None else value if isinstance(value, str) else json.dumps(
        value, ensure_ascii=False)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def join(registry: click.Group) -> None:
    """Add these commands to the room of the registry."""
    for command in (diff, patch):
        registry.add_command(command)
