"""The dated answers of links, kept beside the data: public links and what became of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path

from optout.registry.links import LinkAnswer, LinkKind
from optout.registry.whole import write_whole

FILE_NAME = "links.json"
_SCHEMA = "optout-links/1"

Dated = Mapping[str, tuple[LinkAnswer, date]]
"""By link: its newest answer, and the day on which it was asked."""


def read(folder: Path) -> dict[str, tuple[LinkAnswer, date]]:
    """The answers that are kept; none where there is no file, or where it is damaged."""
    try:
        data = json.loads((folder / FILE_NAME).read_text("utf-8"))
        return {url: (LinkAnswer(url, LinkKind(one["kind"]), int(one["status"]), str(one["to"]),
                                 str(one["why"])), date.fromisoformat(one["on"]))
                for url, one in data["links"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def write(folder: Path, answers: Dated) -> None:
    """Keep the answers, the whole file or nothing, readable by its owner only.

    Raises:
        OSError: when the folder cannot be written to.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    links = {url: {name: value for name, value in asdict(answer).items() if name != "url"}
             | {"on": on.isoformat()} for url, (answer, on) in sorted(answers.items())}
    content = json.dumps({"schema": _SCHEMA, "links": links}, ensure_ascii=False, indent=1)
    write_whole(folder / FILE_NAME, content.encode())
