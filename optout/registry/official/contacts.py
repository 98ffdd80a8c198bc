"""Which filed contacts may become ways to ask: desks and pages, never a person or a back office."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from optout.registry.lint.providers import PROVIDERS
from optout.registry.lint.rules import DESK_WORDS
from optout.registry.sites import host_of, site_of

_LONG = 5
"""A desk word of so many letters tells a desk wherever it stands; a shorter one (opt, cs, care)
is part of people's names too, and counts only where it fills its part of the mailbox."""

_LONG_WORD = re.compile("|".join(word for word in DESK_WORDS if len(word) >= _LONG))
_ONLY_WORDS = re.compile(rf"(?:{'|'.join(DESK_WORDS)}|s|es|ing|al|ations?|ies|iries|out|us|usa|eu|"
                         r"my|the|do|not|sell|program|choices?|policy|line|desk)+")
_PERSON = re.compile(r"[a-z]+[._-][a-z]+")
_BACK_OFFICE = re.compile(r"billing|account(?:s|ing)?|financ\w*|invoices?|payables?|sales|hr|ops|"
                          r"itops|operations|tax(?:es)?|vendors?|security|licens\w*|registr\w*|"
                          r"legalnotices?|jobs?|careers?|press|investors?|dev|bizdev|marketing|"
                          r"abuse|noreply|admin")
_FREE_MAIL = frozenset({
    "gmail.com", "googlemail.com", "yahoo.com", "ymail.com", "hotmail.com", "outlook.com",
    "live.com", "msn.com", "aol.com", "icloud.com", "me.com", "mac.com", "proton.me",
    "protonmail.com", "gmx.com", "gmx.de", "gmx.net", "web.de", "mail.com", "zoho.com",
    "comcast.net", "verizon.net", "att.net", "sbcglobal.net", "bellsouth.net", "cox.net",
    "fastmail.com", "hey.com", "yandex.com", "qq.com", "163.com"})

_SHARED = frozenset(PROVIDERS) | {
    "aboutads.info", "bit.ly", "dmachoice.org", "facebook.com", "instagram.com", "linkedin.com",
    "networkadvertising.org", "notion.so", "privacyrights.info", "sharepoint.com",
    "squarespace.com", "tinyurl.com", "twitter.com", "webflow.io", "wixsite.com",
    "wordpress.com", "x.com", "youtube.com"}
"""Sites of networks, form makers and trade bodies: two companies there are not one company."""

_ASKING = re.compile(r"opt|request|dsa?r|choice|delet|remov|form|right|do-?no?t?-?sell|unsub|"
                     r"suppress|onetrust|termly|transcend|ccpa|dns\b", re.IGNORECASE)
_PRIVACY_HOST = re.compile(r"privacy|opt-?out|dsa?r|consumer|choice|request")


def is_desk(mailbox: str) -> bool:
    """Whether a mailbox is plainly a desk for people's requests.

    Where in doubt it is not: a letter goes to the address instead, and no employee is written to.
    """
    name, _, host = mailbox.casefold().partition("@")
    parts = [part for part in re.split(r"[._+\-\d]+", name) if part]
    if site_of(host) in _FREE_MAIL or any(_BACK_OFFICE.fullmatch(part) for part in parts):
        return False
    if any(_ONLY_WORDS.fullmatch(part) for part in parts):
        return True
    return not _PERSON.fullmatch(name) and any(_LONG_WORD.search(part) for part in parts)


def own_sites(links: Iterable[str]) -> tuple[str, ...]:
    """The registrable domains of links, in their order, without those that many share."""
    sites = (site_of(link) for link in links)
    return tuple(dict.fromkeys(site for site in sites if site and site not in _SHARED))


def asking_page(links: Iterable[str]) -> str:
    """The link that most looks like a page for requests; "" where all are mere home pages."""
    pages = [link for link in links if urlsplit(link).path.strip("/") or urlsplit(link).query
             or _PRIVACY_HOST.search(host_of(link))]
    return next((link for link in pages if _ASKING.search(link)), pages[0] if pages else "")
