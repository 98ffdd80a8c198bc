"""The words of letters in other languages, as tests read them."""

from __future__ import annotations

import re
from pathlib import Path

from jinja2 import Environment, meta

from optout.settings import resource
from tests.documents.speaking import PLACES

LETTERS = resource("templates") / "letters"
OTHERS = tuple(PLACES)


def sentences(folder: Path) -> set[str]:
    """The sentences of the templates in a folder, cut at their placeholders."""
    found: set[str] = set()
    for path in folder.rglob("*.txt"):
        if path.parts[-2] not in {"form", "counsel", "papers", "laws"}:
            lines = [one for one in path.read_text("utf-8").split("\n") if one[:1] != "#"]
            text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "|", "\n".join(lines))
            found |= {piece.strip() for piece in re.split(r"[|\n.:;=]", text)}
    return {piece for piece in found if len(piece.split()) > 2 and "{" not in piece}


GRAMMAR = {"my", "me", "voice", "data", "kind", "acting"}


def placeholders(language: str, name: str) -> set[str]:
    text = (LETTERS / language / f"{name}.txt").read_text("utf-8")
    return meta.find_undeclared_variables(Environment(autoescape=False).parse(text))  # noqa: S701 - only parsed
