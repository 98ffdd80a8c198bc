"""The papers say what the code does: commands, settings, make targets, the drawing."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

import optout
from optout.settings import SETTINGS

TOP = Path(__file__).resolve().parents[1]
README = (TOP / "README.md").read_text("utf-8")
ARCHITECTURE = (TOP / "optout" / "ARCHITECTURE.md").read_text("utf-8")


def between(text: str, mark: str) -> str:
    found = re.search(rf"<!-- {mark}:begin -->\n(.*?)<!-- {mark}:end -->", text, re.DOTALL)
    assert found, f"the markers of “{mark}” are missing"
    return found.group(1)


def commands(group: click.Group, path: str = "optout") -> dict[str, click.Command]:
    found: dict[str, click.Command] = {}
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            found |= commands(command, f"{path} {name}")
        else:
            found[f"{path} {name}"] = command
    return found


def test_every_command_is_in_the_readme_and_has_help() -> None:
    from optout.cli.main import cli

    assert isinstance(cli, click.Group)
    for path, command in commands(cli).items():
        _, first, *rest = path.split()
        line = " ".join(row for row in README.splitlines() if f"`optout {first}" in row)
        assert all(f"`{word}`" in line or f"{first} {word}" in line for word in rest), path
        assert line, path
        assert command.help, path


def test_the_readme_names_no_command_that_is_not_there() -> None:
    from optout.cli.main import cli

    assert isinstance(cli, click.Group)
    known = {path.split()[1] for path in commands(cli)}
    assert set(re.findall(r"`optout ([a-z]+)", README)) == known


def test_the_settings_table_is_the_code_s() -> None:
    rows = [f"| `{row.name}` | {row.default} | {row.meaning} | `{row.env}` |\n" for row in SETTINGS]
    assert between(README, "settings") == "".join(rows)


def test_the_drawing_of_the_life_is_made_from_the_table() -> None:
    from optout.lifecycle.drawing import drawing

    assert between(ARCHITECTURE, "lifecycle").strip() == drawing().strip()


def test_every_room_has_its_line_in_the_architecture() -> None:
    rooms = {p.name for p in (TOP / "optout").iterdir()
             if (p.is_dir() and (p / "__init__.py").exists()) or p.suffix == ".py"}
    rooms -= {"__init__.py", "__main__.py"}
    for room in rooms:
        assert f"`{room}/`" in ARCHITECTURE or f"`{room}`" in ARCHITECTURE, room


def test_every_make_target_of_the_readme_exists() -> None:
    makefile = (TOP / "Makefile").read_text("utf-8")
    for target in re.findall(r"`make ([a-z]+)`|^    make ([a-z]+)$", README, re.MULTILINE):
        assert re.search(rf"^{''.join(target)}:.*##", makefile, re.MULTILINE), target


def test_the_changelog_begins_with_this_version() -> None:
    heads = re.findall(r"^## ([0-9.]+) — \d{4}-\d{2}-\d{2}$",
                       (TOP / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert heads[0] == optout.__version__


@pytest.mark.parametrize("name", ["README.md", "SECURITY.md", "CHANGELOG.md"])
def test_links_and_pictures_of_the_papers_are_there(name: str) -> None:
    text = (TOP / name).read_text("utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert target.startswith("https://") or (TOP / target).exists(), target
