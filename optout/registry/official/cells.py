"""Cells as companies filled them in → clean values; what makes no sense becomes nothing."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from optout.registry.names import LEGAL_FORM
from optout.registry.sites import host_of

LONGEST_LINK = 600
LONGEST_NAME = 160
LONGEST_NUMBER = 40
LONGEST_CELL_OF_NAMES = 1000
LONGEST_MAILBOX = 254
MOST_REQUESTS = 10**9
MOST_DAYS = 3650

_NOTHING = re.compile(r"(?:n\W{0,2}a|none|null|nil|not applicable|not available|no website|tbd|"
                      r"[-–—._/\\?]*)\W*", re.IGNORECASE)
_AT = re.compile(r"\s*(?:\[at\]|\(at\)|\{at\})\s*", re.IGNORECASE)
_MAILBOX = re.compile(r"[a-z0-9.!#$%&'*+/=?^_{|}~-]+@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+"
                      r"[a-z]{2,24}")
_SCHEME = re.compile(r"(?:h*t+ps?\s*(?::\s*[/\\]*|;\s*[/\\]+|[/\\]{2,}))+", re.IGNORECASE)
_LINK = re.compile(r"https?://[^\s<>\"'`\\]+\.[^\s<>\"`\\]+")
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:[a-z]{2,24}|xn--[a-z0-9-]+)")
_BETWEEN_LINKS = re.compile(r";(?!//)|[\n\r,|]|\s(?:and|or|&)\s")
_WHOLE = re.compile(r"-?\d+(?:\.\d+)?")
_DAYS = ("%m/%d/%Y", "%Y-%m-%d", "%m/%d/%y", "%b %d, %Y")
_ALSO = re.compile(r"[\s,(]+(?:d\s*/\s*b\s*/\s*a|dba|doing business as|f/k/a|fka|a/k/a|aka)"
                   r"[\s.:]+", re.IGNORECASE)
_FORM = re.compile(rf"{LEGAL_FORM}\b.*", re.IGNORECASE)
_FORM_LAST = re.compile(rf"\b{LEGAL_FORM}\.$", re.IGNORECASE)


def said(cell: str) -> str:
    """The text of a cell on one line; "" for nothing and for every way to write “N/A”."""
    text = " ".join(unicodedata.normalize("NFC", cell).split())
    if not text.isprintable():
        text = "".join(sign for sign in text if unicodedata.category(sign)[0] != "C")
    return "" if _NOTHING.fullmatch(text) else text.strip()


def lines_of(cell: str) -> str:
    """The text of a cell whose line ends are kept as commas."""
    return said(re.sub(r"\s*[\r\n]+\s*", ", ", cell.strip()))


def name_of(cell: str) -> tuple[str, tuple[str, ...]]:
    """A company's name, and the names behind “doing business as” in the same cell."""
    text = said(cell)[:LONGEST_CELL_OF_NAMES]
    first, *others = (part.strip(" ,()") for part in _ALSO.split(text))
    return _short(first), tuple(_short(name) for name in others if name)


def names_of(cell: str, *, commas: bool = False) -> tuple[str, ...]:
    """Several trade names in one cell.

    Args:
        cell: parted by semicolons or line ends.
        commas: they may also part names; one before “Inc.” and the like does not.
    """
    found: list[str] = []
    for piece in re.split(r"[;\r\n]", cell):
        parts = piece.split(",") if commas else [piece]
        joined: list[str] = []
        for part in (said(part) for part in parts):
            if joined and _FORM.fullmatch(part):
                joined[-1] += f", {part}"
            elif part:
                joined.append(part)
        found += (_short(_without_end(name)) for name in joined)
    return tuple(dict.fromkeys(name for name in found if name))


def _without_end(name: str) -> str:
    """A name without the full stop of a sentence; that of “Inc.” stays."""
    return name if _FORM_LAST.search(name) else name.rstrip(" ,.")


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else name[:LONGEST_NAME].rsplit(" ", 1)[0].strip()


def mailboxes(cell: str) -> tuple[str, ...]:
    """The mailboxes in a cell, in small letters; `name [at] host` is understood."""
    text = _AT.sub("@", said(cell)).casefold()
    words = (word for word in re.split(r"[\s;,<>()\[\]\"|/:]+", text)
             if "@" in word and len(word) <= LONGEST_MAILBOX)
    found = (match.group().strip("'") for word in words for match in _MAILBOX.finditer(word))
    return tuple(dict.fromkeys(one for one in found if _mailbox(one)))


def _mailbox(text: str) -> bool:
    from email_validator import EmailNotValidError, validate_email

    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return False
    return _known_ending(text.partition("@")[2])


def links(cell: str) -> tuple[str, ...]:
    """The links in a cell, whole and in the cell's order; a broken scheme is mended.

    A host that holds a blank, or ends in no top domain, is no link; no other fault of a host is
    guessed away.
    """
    found = (_link(piece) for part in _BETWEEN_LINKS.split(cell) for piece in _pieces(said(part)))
    return tuple(dict.fromkeys(link for link in found if link))


def _pieces(part: str) -> Iterator[str]:
    """A part with blanks is several links if each begins like one, else none."""
    words = part.split()
    if len(words) == 1 or all(re.match(r"h*t+ps?:|www\.", word, re.IGNORECASE) for word in words):
        yield from words


def _link(text: str) -> str:
    scheme = _SCHEME.match(text)
    rest = (text[scheme.end():] if scheme else text).rstrip(".,;")
    if "@" in rest.partition("/")[0]:
        return ""
    link = ("http" if scheme and scheme.group().casefold() == "http://" else "https") + "://" + rest
    host = host_of(link)
    written, slash, path = rest.partition("/")
    if not written.isascii():
        link = f"https://{host}{slash}{path}"
    if not (_HOST.fullmatch(host) and _known_ending(host)):
        return ""
    return link if _LINK.fullmatch(link) and len(link) <= LONGEST_LINK else ""


@lru_cache(maxsize=1)
def _endings() -> Any:
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList(accept_unknown=False)


def _known_ending(host: str) -> bool:
    return bool(_endings().privatesuffix(host))


def phone(cell: str, country: str) -> str:
    """A number like `+14155550142`; "" where it is none that the country gives out."""
    import phonenumbers

    text = said(cell)
    digits = re.sub(r"\D", "", text)
    for attempt, region in ((text, country), (f"+{digits}", None)):
        if not country:
            break
        try:
            number = phonenumbers.parse(attempt, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    return ""


def flag(cell: str) -> bool | None:
    """Yes or no; None where neither is said."""
    text = said(cell).casefold()
    if re.match(r"(?:yes|true|y)\b", text):
        return True
    return False if re.match(r"(?:no|false|n)\b(?!\W*/)", text) else None


def count(cell: str, most: int = MOST_REQUESTS) -> int | None:
    """A whole number, a broken one rounded up; None where it is none, negative or beyond `most`."""
    text = said(cell).replace(",", "")
    if not _WHOLE.fullmatch(text) or len(text) > 20:  # noqa: PLR2004 -- digits of any count
        return None
    number = math.ceil(float(text))
    return number if 0 <= number <= most and not text.startswith("-") else None


def day(cell: str) -> date | None:
    """A date, with or without a time behind it."""
    text = re.sub(r",?\s+\d{1,2}:\d{2}.*$", "", said(cell))
    for shape in _DAYS:
        try:
            return datetime.strptime(text, shape).date()  # noqa: DTZ007 -- a date has no zone
        except ValueError:
            continue
    return None
