"""Links that search engines wrap around others: unwrapped from the text alone, never opened."""

from __future__ import annotations

import base64
import binascii
import re
from urllib.parse import unquote

from optout.registry.listing_links import Link, Why, read_link

_ENGINES = frozenset({
    "bing.com", "bing.net", "duckduckgo.com", "yahoo.com", "yimg.com", "startpage.com",
    "ixquick.com", "ecosia.org", "qwant.com", "yandex.com", "yandex.ru", "baidu.com", "mojeek.com",
    "kagi.com", "swisscows.com", "ask.com", "dogpile.com", "aol.com", "brave.com", "metager.org",
    "metager.de", "gstatic.com", "googleusercontent.com", "googleapis.com"})
_ADVERTS = frozenset({
    "doubleclick.net", "googleadservices.com", "googlesyndication.com", "adnxs.com",
    "taboola.com", "outbrain.com", "criteo.com", "amazon-adsystem.com"})
_PAID = ("/aclk", "/aclick")
"""Paths under which engines count the clicks on advertisements."""

_TARGETS = ("url", "uddg", "u", "q", "imgrefurl", "ru")
"""Parameters in which engines carry the page that they lead to."""

_BING = "a1"
_RU = re.compile(r"/RU=([^/]+)")
_MOST_LAYERS = 4


def unwrapped(text: str) -> Link | Why:
    """The page that a link leads to, through any engine's own address; or why it is no listing."""
    link = read_link(text)
    for _ in range(_MOST_LAYERS):
        if isinstance(link, Why):
            return link
        if link.site in _ADVERTS:
            return Why.ADVERT
        if not _is_engine(link):
            return link
        if link.path.startswith(_PAID):
            return Why.ADVERT
        inside = _inside(link)
        if not inside:
            return Why.ENGINE
        link = read_link(inside)
    return Why.ENGINE


def _is_engine(link: Link) -> bool:
    return link.site in _ENGINES or link.site.partition(".")[0] == "google"


def _inside(link: Link) -> str:
    """The address that an engine's link carries; empty where it carries none."""
    hidden = _RU.search(link.path)
    if hidden:
        return unquote(hidden[1])
    values: dict[str, str] = {}
    for one in link.query.split("&"):
        name, _, value = one.partition("=")
        values.setdefault(name, unquote(value))
    found = (_decoded(values.get(name, "")) for name in _TARGETS
             if name != "q" or link.path == "/url")  # elsewhere q is what was searched for
    return next(filter(None, found), "")


def _decoded(value: str) -> str:
    """A value that is a web address, plain or in the base64 that Bing writes; else empty."""
    if value.startswith(_BING):
        try:
            value = base64.urlsafe_b64decode(f"{value[len(_BING):]}===").decode()
        except (binascii.Error, ValueError):
            return ""
    return value if value[:8].casefold().startswith(("http://", "https://")) else ""
