"""One pasted link: checked, without what follows people about, and comparable with others."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote, unquote

from optout.registry.sites import host_of, site_of

LONGEST_LINK = 2_000
"""Characters of the longest link that is kept."""

_PARTS = re.compile(r"(https?)://([^/?#]*)([^?#]*)\??([^#]*)", re.IGNORECASE)
_AUTHORITY = re.compile(r"(?P<host>[^\\@%:]+)(?::(?P<port>[0-9]{0,5}))?")
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)+")
_MACHINE = re.compile(r"[0-9]+|0x[0-9a-f]*")
"""A last label by which browsers take the whole host for the number of a machine."""

_AMPERSANDS = re.compile(r"&(?:amp|#38|#x26);", re.IGNORECASE)
_FILE = re.compile(r"\.(?:css|js|mjs|json|xml|png|jpe?g|gif|svg|webp|avif|ico|woff2?|ttf|mp4|webm)",
                   re.IGNORECASE)
_FOLLOWING = frozenset({
    "gclid", "gclsrc", "fbclid", "msclkid", "dclid", "gbraid", "wbraid", "yclid", "twclid",
    "ttclid", "igshid", "mc_cid", "mc_eid", "srsltid", "_ga", "_gl", "_hsenc", "_hsmi"})
"""Parameters by which visits are told apart; the page is the same without them."""

_USUAL_PORTS = {"http": "80", "https": "443"}
_SAME_SITE = frozenset({"", "www", "m"})
_UNSAFE = frozenset('<>"`\\')


class Why(StrEnum):
    """Why something that was pasted is not kept as a listing."""

    ENGINE = "engine"
    ADVERT = "advert"
    FILE = "file"
    NOT_WEB = "not_web"
    NO_SITE = "no_site"
    DISGUISED = "disguised"
    TOO_LONG = "too_long"
    HOME = "home"
    SERVICE_PAGE = "service_page"


@dataclass(frozen=True, slots=True)
class Link:
    """A sound link to a page of a site.

    Args:
        url: as pasted, without fragment and following parameters; nothing in it can break out
            of a page or of a list of links.
        host: in small ASCII letters.
        site: the part of the host that somebody registered.
        port: empty where it is the usual one.
    """

    url: str
    host: str
    site: str
    port: str
    path: str
    query: str

    @property
    def corner(self) -> str:
        """The part of the site that the host names; empty for the whole of it."""
        before = self.host[:-len(self.site)].rstrip(".").removeprefix("www.")
        return f"{'' if before in _SAME_SITE else before}:{self.port}".rstrip(":")

    @property
    def page(self) -> tuple[str, str]:
        """Corner and path, by which addresses of one page are compared; no query."""
        return self.corner, unquote(self.path).rstrip("/")

    @property
    def same(self) -> tuple[str, ...]:
        """Equal for links of one company that show the same listing, at any of its domains."""
        return *self.page, *sorted(filter(None, self.query.split("&")))


def read_link(text: str) -> Link | Why:
    """A link with its scheme, or why it is none that could be a listing.

    Args:
        text: begins with its scheme; an ampersand may be written as HTML writes it.
    """
    parts = _PARTS.match(_AMPERSANDS.sub("&", text.strip()))
    if parts is None:
        return Why.NOT_WEB
    place = _place(parts[1].lower(), parts[2])
    if isinstance(place, Why):
        return place
    scheme, host, site, port = place
    path, query = _plain(parts[3]) or "/", _plain(_without_following(parts[4]))
    url = (f"{scheme}://{host}{':' if port else ''}{port}{path}"
           f"{'?' if query else ''}{query}")
    if len(url) > LONGEST_LINK:
        return Why.TOO_LONG
    if _FILE.fullmatch(path[path.rfind("."):] if "." in path else ""):
        return Why.FILE
    return Link(url, host, site, port, path, query)


def _place(scheme: str, authority: str) -> tuple[str, str, str, str] | Why:
    """Scheme, host, site and unusual port of what stands between `//` and the path."""
    found = _AUTHORITY.fullmatch(authority)
    if found is None and authority and not authority.startswith("["):
        return Why.DISGUISED  # a name before an @, a backslash: browsers go elsewhere than it seems
    host = host_of(found["host"]) if found else ""
    site = site_of(host)
    if found is None or not site or _MACHINE.fullmatch(host.rpartition(".")[2]):
        return Why.NO_SITE
    if not _HOST.fullmatch(host):
        return Why.DISGUISED
    port = (found["port"] or "").lstrip("0")
    return scheme, host, site, "" if port == _USUAL_PORTS[scheme] else port


def _without_following(query: str) -> str:
    return "&".join(one for one in query.split("&") if one and not _follows(one))


def _follows(parameter: str) -> bool:
    name = parameter.partition("=")[0].casefold()
    return name.startswith("utm_") or name in _FOLLOWING


def _plain(text: str) -> str:
    """Text of a link in which whatever is unseen or could end the link is written as %XX."""
    return "".join(quote(sign, safe="") if sign in _UNSAFE
                   or unicodedata.category(sign)[0] in "CZ" else sign for sign in text)
