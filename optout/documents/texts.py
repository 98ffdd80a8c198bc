"""The words of the letters: templates and small terms, read once, filled without gaps."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, Template, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from optout.domain.errors import InvalidInput, MissingFact
from optout.settings import resource

_UNDEFINED_NAME = re.compile(r"'([^']+)' is undefined|attribute '([^']+)'")
_SECOND_STOP = re.compile(r"(?<=\w\.)\.(?=\s|$)")
"""A full stop after a name that ends in one, such as “Inc.”."""
_BLANK_LINE = re.compile(r"\n[ ]*(?:\n[ ]*)+")
_REMEDY = "Enter it for the person, or choose a procedure that works without it."


class _EmptyPlaceholder(Exception):
    """A placeholder's value is empty."""


class _Gap(StrictUndefined):
    """A value that is known and empty: it may be asked about, but never written."""

    def __bool__(self) -> bool:  # type: ignore[override]  # the strict one refuses even this
        return False


def _filled(value: object) -> object:
    """Let a value into the text only when there is something to write."""
    if value is None or (isinstance(value, str) and not value.strip(" \n")):
        raise _EmptyPlaceholder
    return value


@cache
def _environment(language: str) -> ImmutableSandboxedEnvironment:
    folder = resource("templates") / "letters" / language
    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folder), undefined=StrictUndefined, finalize=_filled,
        autoescape=False, trim_blocks=True, lstrip_blocks=True, auto_reload=False,
        cache_size=-1)


@cache
def template(language: str, *names: str) -> Template:
    """The first template of these names that exists, compiled once.

    Raises:
        TemplateNotFound: when none exists, which is a fault of the program.
    """
    return _environment(language).select_template([f"{name}.txt" for name in names])


def fill(made: Template, context: Mapping[str, Any]) -> str:
    """The template's text with every placeholder filled.

    Raises:
        MissingFact: naming the placeholders that are undefined or empty.
    """
    try:
        return made.render({name: _Gap(name=name) if value == "" else value
                            for name, value in context.items()})
    except UndefinedError as error:
        found = _UNDEFINED_NAME.search(str(error))
        names = tuple(filter(None, found.groups())) if found else ("unknown",)
    except _EmptyPlaceholder:
        names = ("unknown",)
    raise MissingFact(f"The document needs a value for: {', '.join(names)}.", names=names,
                      remedy=_REMEDY)


def paragraphs(text: str) -> tuple[str, ...]:
    """Filled text as the paragraphs of a letter.

    Blank lines divide. A list item (`- `) keeps its first line as heading; rows with a tab
    (label and value) keep their lines; all other lines of a paragraph are joined.
    """
    return tuple(_joined(block) for block in _BLANK_LINE.split(text.strip()) if block.strip())


def _joined(block: str) -> str:
    lines = [line.strip(" ") for line in block.split("\n") if line.strip()]
    if any("\t" in line for line in lines):
        return "\n".join(lines)
    if lines[0].startswith("- ") and len(lines) > 1:
        return _SECOND_STOP.sub("", f"{lines[0]}\n{' '.join(lines[1:])}")
    return _SECOND_STOP.sub("", " ".join(lines))


@cache
def languages() -> tuple[str, ...]:
    """The languages that letters can be written in, `en` first."""
    folder = resource("templates") / "letters"
    found = {entry.parent.name for entry in folder.glob("*/terms.txt")}
    return ("en", *sorted(found - {"en"}))


@cache
def terms(language: str) -> Mapping[str, str]:
    """The small words of a language: months, periods, labels.

    Raises:
        InvalidInput: when there are no letters in that language.
    """
    if language not in languages():
        raise InvalidInput("There are no letters in this language.", field="language",
                           remedy=f"Choose one of: {', '.join(languages())}.")
    return pairs_of(language, "terms")


def pairs_of(language: str, name: str) -> Mapping[str, str]:
    """A file of `key = value` lines in the folder of a language; empty where there is none.

    Lines that begin with `#` are remarks. No-break spaces at the ends of a value count.
    """
    path = resource("templates") / "letters" / language / f"{name}.txt"
    if not path.is_file():
        return MappingProxyType({})
    pairs = (line.split(" = ", 1) for line in path.read_text(encoding="utf-8").splitlines()
             if " = " in line and not line.startswith("#"))
    return MappingProxyType({key.strip(): value.strip(" ") for key, value in pairs})


@cache
def has_template(language: str, name: str) -> bool:
    """Whether a language has the words of that name."""
    return (resource("templates") / "letters" / language / f"{name}.txt").is_file()
