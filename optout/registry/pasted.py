"""From pasted text to links: lists, prose, mails, pages copied as text, saved pages.

Nothing is fetched. Where a page shows only the name of a site and a trail (“site › people ›
name”), or cuts a link short, the site is reported, and no link is made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from optout.domain.errors import InvalidInput
from optout.registry.listing_links import Link, Why
from optout.registry.saved_page import is_page, read_page
from optout.registry.sites import host_of, site_of
from optout.registry.wrapped import unwrapped

MOST_CHARACTERS = 2_000_000
MOST_LINKS = 2_000

_UNSEEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\u00ad\u061c\u200b-\u200f\u202a-\u202e"
                     "\u2060-\u2069\ufeff]")
"""What has no place in a link and could make it look like another one."""

_HALF_SIGN = re.compile("[\ud800-\udfff]")
_SOFT_BREAK = re.compile(r"(?<=[^\n]{60})=\r?\n")
"""Mails break long lines so, at about 76 characters; a short line ends in a sign of its own."""

_EQUALS = re.compile("=3D", re.IGNORECASE)
_BRACKETED = re.compile(r"<\s*(https?://[^<>]+)>", re.IGNORECASE)
_SCHEME_AFTER_BREAK = re.compile(r"\shttps?://", re.IGNORECASE)
_TRAIL = re.compile(r"[^\S\n]{0,3}[›»❯]|[^\S\n]{1,3}>[^\S\n]")
_CUT = ("…", "...")
_BEFORE = frozenset({"", *" \t\n\r\xa0\"'“”‘’«»([{<>|,;*"})
"""What may stand before a link that has no scheme."""

_CLOSING = "“”‘’»"
_DISGUISES = ("%", "\\", "@")
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_FOREIGN_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_RELATIVE = (("/url?", "https://www.google.com"), ("/l/?", "https://duckduckgo.com"),
             ("/ck/a?", "https://www.bing.com"), ("//", "https:"))
"""How pages of engines write links to themselves, and whose they are."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a pasted text holds.

    Args:
        links: each page once, in the order of the text.
        shown_only: hosts that were named without a whole link, and that no link leads to.
        left_out: what is no listing, with the site; empty where it names none.
    """

    links: tuple[Link, ...]
    shown_only: tuple[str, ...]
    left_out: tuple[tuple[Why, str], ...]


def links_in(text: str) -> Pasted:
    """The links of a pasted text.

    Raises:
        InvalidInput: when it is longer, or holds more links, than is taken at once.
    """
    if len(text) > MOST_CHARACTERS:
        raise InvalidInput(
            f"The text has more than {MOST_CHARACTERS:,} characters.", field="text",
            remedy="Paste it in parts, or only the links.")
    links: dict[tuple[str, ...], Link] = {}
    left_out: dict[str, tuple[Why, str]] = {}
    shown: dict[str, None] = {}
    for candidate in _candidates(_cleaned(text)):
        if not candidate.whole:
            shown[host_of(candidate.text).removeprefix("www.")] = None
            continue
        link = unwrapped(candidate.text)
        if isinstance(link, Why):
            left_out[candidate.text] = link, (
                "" if link in {Why.DISGUISED, Why.NOT_WEB} else site_of(candidate.text))
        else:
            links.setdefault((link.site, *link.same), link)
        if len(links) + len(left_out) > MOST_LINKS:
            raise InvalidInput(
                f"There are more than {MOST_LINKS:,} links in the text.", field="text",
                remedy="Paste it in parts.")
    linked = {link.site for link in links.values()}
    return Pasted(
        tuple(links.values()),
        tuple(host for host in shown if site_of(host) not in {"", *linked}),
        tuple(left_out.values()))


@dataclass(frozen=True, slots=True)
class _Candidate:
    text: str
    whole: bool = True


def _cleaned(text: str) -> str:
    """The text without what is unseen, its lines as they were before a mail broke them."""
    text = _HALF_SIGN.sub("\ufffd", _UNSEEN.sub("", text))
    unbroken = _SOFT_BREAK.sub("", text)
    return text if unbroken == text else _EQUALS.sub("=", unbroken)


def _candidates(text: str) -> Iterator[_Candidate]:
    if not is_page(text):
        yield from _in_text(text)
        return
    page = read_page(text)
    for target in page.targets:
        whole = _whole(target.strip())
        if whole:
            yield _Candidate(whole)
    yield from _in_text(page.text)


def _whole(target: str) -> str:
    """Where a link of a page leads, with its scheme; empty for places within its own site."""
    if _FOREIGN_SCHEME.match(target):
        return target
    return next((f"{base}{target}" for start, base in _RELATIVE if target.startswith(start)), "")


def _in_text(text: str) -> Iterator[_Candidate]:
    at = 0
    for found in _BRACKETED.finditer(text):
        if _SCHEME_AFTER_BREAK.search(found[1]):
            continue
        yield from _bare(text[at:found.start()])
        yield _Candidate("".join(found[1].split()))
        at = found.end()
    yield from _bare(text[at:])


def _bare(text: str) -> Iterator[_Candidate]:
    for match in _finder().match(text) or ():
        found, after = match.raw.rstrip(_CLOSING), text[match.last_index:match.last_index + 5]
        if not _SCHEME.match(found):
            if text[max(match.index - 1, 0):match.index] not in _BEFORE:
                continue  # the tail of something else
            link = f"https://{found}"
        elif after.startswith(_DISGUISES):
            link = f"{found}{after}"  # read as a whole it names another place, and is refused
        else:
            link = found
        if found.endswith(_CUT) or after.startswith(_CUT) or _TRAIL.match(after):
            yield _Candidate(link, whole=False)
        elif link is found or _leads_further(found):
            yield _Candidate(link)


def _leads_further(found: str) -> bool:
    """Whether what stands there without a scheme is more than the name of a site."""
    return bool(host_of(found)) and found.partition("/")[2] != ""


@lru_cache(maxsize=1)
def _finder() -> Any:
    from linkify_it import LinkifyIt

    finder = LinkifyIt(options={"fuzzy_email": False, "fuzzy_ip": False})
    for scheme in ("ftp:", "//", "mailto:"):
        finder.add(scheme, None)
    return finder
