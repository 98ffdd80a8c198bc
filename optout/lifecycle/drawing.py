"""The drawing of the machine, made from the table so that it cannot differ from it."""

from __future__ import annotations

from optout.domain.words import Event, Standing
from optout.lifecycle.table import SENTENCES, TRANSITIONS


def drawing() -> str:
    """Markdown: a Mermaid state diagram of every move, then a table of what changes nothing."""
    return f"{_diagram()}\n\n{_table()}\n"


def _events(origin: Standing, target: Standing) -> list[Event]:
    return [event for event in Event if TRANSITIONS.get((origin, event)) is target]


def _diagram() -> str:
    lines = ["```mermaid", "stateDiagram-v2", "    [*] --> draft"]
    lines += [f"    {origin} --> {target}: {', '.join(events)}"
              for origin in Standing for target in Standing
              if origin is not target and (events := _events(origin, target))]
    lines += [f"    {end} --> [*]" for end in (Standing.CLOSED, Standing.WITHDRAWN)]
    return "\n".join([*lines, "```"])


def _table() -> str:
    rows = ["| standing | means | recorded without a move |", "|---|---|---|"]
    for standing in Standing:
        stays = ", ".join(f"`{event}`" for event in _events(standing, standing)) or "–"
        rows.append(f"| `{standing}` | {SENTENCES[standing]} | {stays} |")
    return "\n".join(rows)
