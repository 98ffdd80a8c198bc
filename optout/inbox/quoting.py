"""Which part of a message its writer wrote, and which part is quoted or routine."""

from __future__ import annotations

import re
from collections.abc import Iterator

_QUOTE_BEGINS = re.compile(
    r"^(?:-{2,}\s*(?:Original Message|Forwarded message|Original-Nachricht)\s*-{2,}.*"
    r"|_{10,}|On .{4,200}wrote:|Am .{4,200}schrieb.{0,100}:|Le .{4,200}a écrit\s*:"
    r"|El .{4,200}escribió:|From: .+@.+)$", re.IGNORECASE)
_REPLY_LINE = re.compile(
    r"^#{2,}-?\s*Please (?:type|write|enter) your reply above this line.*$", re.IGNORECASE)
_GREETING = re.compile(
    r"^(?:hi|hello|hey|dear|good (?:morning|afternoon|day|evening)|greetings|to whom)\b.{0,60}$",
    re.IGNORECASE)
_SENTENCE = re.compile(r"(.+?[.!?])(?=\s|$)", re.DOTALL)
_LONGEST = 300


def own_text(text: str) -> str:
    """A message without the text that it quotes and without its signature."""
    return "\n".join(_own_lines(text)).strip()


def _own_lines(text: str) -> Iterator[str]:
    lines = text.replace("\r\n", "\n").split("\n")
    for index, line in enumerate(lines):
        bare = line.strip()
        if line.rstrip("\r") == "-- ":
            return
        if _QUOTE_BEGINS.match(bare) or _wrapped_quote_begins(lines, index):
            return
        if not bare.startswith(">") and not _REPLY_LINE.match(bare):
            yield line


def _wrapped_quote_begins(lines: list[str], index: int) -> bool:
    """`On ... wrote:` broken over two lines by a mail program."""
    if index + 1 >= len(lines) or not lines[index].lstrip().startswith(("On ", "Am ", "Le ")):
        return False
    return bool(_QUOTE_BEGINS.match(f"{lines[index].strip()} {lines[index + 1].strip()}"))


def first_sentence(text: str) -> str:
    """The first sentence that is neither quoted nor a greeting; empty if there is none."""
    kept = [line.strip() for line in own_text(text).split("\n")]
    while kept and (not kept[0] or _GREETING.match(kept[0].rstrip(",.!:"))):
        kept.pop(0)
    joined = " ".join(line for line in _paragraph(kept))
    found = _SENTENCE.match(joined)
    sentence = found[1] if found else joined
    return sentence if len(sentence) <= _LONGEST else sentence[:_LONGEST - 1].rstrip() + "…"


def _paragraph(lines: list[str]) -> Iterator[str]:
    for line in lines:
        if not line:
            return
        yield line
