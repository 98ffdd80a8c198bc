"""Which site a link or a mailbox belongs to: the part of a host that somebody registered."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import idna

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


@lru_cache(maxsize=1)
def _suffixes() -> Any:
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList()


def host_of(link: str) -> str:
    """The host of a link, a mailbox or a bare domain, in small ASCII letters; "" if there is none.

    A missing scheme, a port, a user name and a last dot are forgiven.

    Args:
        link: `https://www.example.com/a`, `example.com/a`, `privacy@example.com`.
    """
    text = link.strip()
    if not _SCHEME.match(text):
        text = f"//{text.lstrip('/')}"
    try:
        host = (urlsplit(text).hostname or "").rstrip(".")
        if not host.isascii():
            host = idna.encode(host, uts46=True).decode("ascii")
    except ValueError:  # also idna.IDNAError: what nobody can resolve is no host
        return ""
    return host if "." in host and " " not in host else ""


def site_of(link: str) -> str:
    """The registrable domain of a link, a mailbox or a domain; "" where there is none.

    By the public suffix list that the library carries: `a.b.example.co.uk` is `example.co.uk`.
    """
    return _site_of_host(host_of(link))


@lru_cache(maxsize=65536)
def _site_of_host(host: str) -> str:
    # of the host alone: a path may name a person, and answers are kept
    if not host or host.rpartition(".")[2].isdigit():  # a number is the address of a machine
        return ""
    return _suffixes().privatesuffix(host) or ""
