"""Where a person's words must never be: in addresses, logs, names of files, readable files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote_plus

from tests.browser.people import CANARY

ENCODINGS = ("utf-8", "utf-16-le", "latin-1")
"""How a database, a log or a crash dump could write a word down."""


def spilled_in(text: str) -> list[str]:
    """The canary's words in a text, percent signs resolved."""
    lowered = f"{text}\n{unquote_plus(text)}".lower()
    return [word for word in CANARY if word in lowered]


def spilled_in_texts(texts: Iterable[str]) -> list[tuple[str, list[str]]]:
    """The texts that hold a word of the canary."""
    return [(text, words) for text in texts if (words := spilled_in(text))]


def spilled_in_folder(folder: Path) -> Iterator[str]:
    """Every file below a folder whose name or bytes hold a word of the canary.

    Raw bytes are searched, so that a database, its write-ahead log and temporary files count.
    """
    forms = {form for word in CANARY for code in ENCODINGS if (form := _encoded(word, code))}
    for path in sorted(folder.rglob("*")):
        if words := spilled_in(str(path.relative_to(folder))):
            yield f"the name {path}: {words}"
        if path.is_file():
            content = path.read_bytes().lower()
            if found := sorted(form for form in forms if form in content):
                yield f"the file {path}: {found}"


def _encoded(word: str, code: str) -> bytes:
    return word.encode(code, "ignore")
