"""A saved web page as text: where its links lead and what it shows. Nothing is fetched or run.

Own scanning, because the parsers that were tried take minutes, or end the program, over a page
made of tags that never end; every character is passed a fixed number of times here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|div|p|table|ul|li|span|cite|a\s)",
                   re.IGNORECASE)
_TAG = re.compile(r"</?([a-z][a-z0-9]*)", re.IGNORECASE)
_QUOTED_END = re.compile(r"""(?>[^"'>]|"[^"]*"|'[^']*')*>""")
_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_LEADING = frozenset({"a", "area"})
_INLINE = frozenset({"a", "abbr", "b", "bdi", "bdo", "cite", "em", "font", "i", "mark", "small",
                     "span", "strong", "u", "wbr"})
_UNSEEN = {tag: re.compile(rf"</{tag}\s*>", re.IGNORECASE)
           for tag in ("script", "style", "template", "noscript", "title", "textarea")}


@dataclass(frozen=True, slots=True)
class SavedPage:
    """What is of use of a page: the targets of its links, as written, and its text."""

    targets: tuple[str, ...]
    text: str


def is_page(text: str) -> bool:
    """Whether a text is the source of a web page, or a piece of one."""
    return _PAGE.search(text) is not None


def read_page(html: str) -> SavedPage:
    """The links and the text of a page; comments and scripts are passed over."""
    targets: dict[str, None] = {}
    pieces: list[str] = []
    endless: set[str] = set()
    quotes_count = True
    at = 0
    while (start := html.find("<", at)) >= 0:
        pieces.append(html[at:start])
        if html.startswith("<!--", start):
            end = html.find("-->", start)
            at = len(html) if end < 0 else end + 3
            continue
        found = _TAG.match(html, start)
        if found is None:  # a bare sign, a doctype
            pieces.append("<")
            at = start + 1
            continue
        whole = _QUOTED_END.match(html, found.end()) if quotes_count else None
        end = whole.end() if whole else html.find(">", found.end()) + 1
        quotes_count = whole is not None  # once a quote never ends, quotes count no more
        if not end:
            at = len(html)
            break
        tag = found[1].lower()
        if tag in _LEADING:
            href = _HREF.search(html, found.end(), end)
            if href:
                targets[next(filter(None, href.groups()), "")] = None
        pieces.append("" if tag in _INLINE else "\n")
        at = end
        if tag in _UNSEEN and html[start + 1] != "/" and tag not in endless:
            close = _UNSEEN[tag].search(html, at)
            if close is None:
                endless.add(tag)
            else:
                at = close.end()
    pieces.append(html[at:])
    return SavedPage(tuple(targets), unescape("".join(pieces)))
