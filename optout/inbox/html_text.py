"""The words of an HTML message, to be read and matched, never to be shown as markup.

Own scanning, because the standard library's parser takes minutes over a message made of tags
that never end; every character is passed a fixed number of times here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_BREAKS = frozenset({"br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table",
                     "blockquote", "hr"})
_UNSEEN = {tag: re.compile(rf"</{tag}\s*>", re.IGNORECASE)
           for tag in ("script", "style", "head", "title", "template")}


def text_of(html: str) -> str:
    """The text of an HTML part, line by line; lines of a quoted block begin with `> `."""
    pieces: list[str] = []
    quotes = 0
    for text, closing, tag in _scan(html):
        pieces.append(re.sub(r"\s+", " ", unescape(text)))
        if tag == "blockquote":
            quotes = max(0, quotes + (-1 if closing else 1))
        if tag in _BREAKS:
            pieces.append("\n> " if quotes else "\n")
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(lines).strip()


def _scan(html: str) -> Iterator[tuple[str, bool, str]]:
    """Pieces of text, each with the tag that follows it: (text, is closing tag, tag name).

    What stands in comments, scripts and the head is passed over; a tag without end ends the
    message.
    """
    endless: set[str] = set()
    at = 0
    while (start := html.find("<", at)) >= 0:
        text = html[at:start]
        if html.startswith("<!--", start):
            end = html.find("-->", start)
            at = len(html) if end < 0 else end + 3
            yield text, False, ""
            continue
        found = _TAG.match(html, start)
        if found is None:  # a bare sign, a doctype, a processing instruction
            yield text + "<", False, ""
            at = start + 1
            continue
        end = html.find(">", found.end())
        if end < 0:
            yield text, False, ""
            return
        tag = found[2].lower()
        yield text, bool(found[1]), tag
        at = end + 1
        if tag in _UNSEEN and not found[1] and tag not in endless:
            close = _UNSEEN[tag].search(html, at)
            if close is None:
                endless.add(tag)
            else:
                at = close.end()
    yield html[at:], False, ""
