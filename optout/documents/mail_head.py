"""The head of an e-mail, line by line, folded here so that nothing in it can begin another.

The standard library folds on its own terms: a comma in a long encoded name can come to stand
outside of its word and begin a second sender, a long Message-ID becomes an encoded word.
"""

from __future__ import annotations

import re
from email.header import Header
from pathlib import PurePosixPath
from typing import Self
from unicodedata import category

import idna

from optout.domain.errors import InvalidInput

WIDTH = 76
"""Octets of a line that folding aims at; RFC 5322 allows 998 where a word cannot be divided."""

LONGEST_NAME = 200
"""Characters of a name in an address; longer than any in a passport."""

LONGEST_SUBJECT = 500
LONGEST_ID = 900
LONGEST_FILE_NAME = 100

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_DOMAIN = re.compile(r"(?!.*\.[0-9]+$)(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+"
                     r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_LONGEST_LOCAL, _LONGEST_DOMAIN = 64, 253
_ID = re.compile(r"<[!-;=?-~]+@[!-;=?-~]+>")
_NOT_IN_A_PHRASE = re.compile(r"[^A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]")
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NO_TEXT = frozenset({"Cc", "Cs", "Zl", "Zp"})


class HeadLine(str):
    """The folded value of one header, which the standard library writes down as it is.

    Args:
        name: of the header.
        value: with its line breaks.
        words: what stands in it, before it was encoded.
    """

    __slots__ = ("name", "words")
    name: str
    words: str

    def __new__(cls, name: str, value: str, words: str) -> Self:
        """Keep the value; `str` cannot be filled in later."""
        line = super().__new__(cls, value)
        line.name, line.words = name, words
        return line

    def fold(self, *, policy: object) -> str:  # noqa: ARG002 - the name that the library calls it by
        """The whole line with its end."""
        return f"{self.name}: {self}\r\n"


def unsendable(text: str) -> frozenset[str]:
    """The characters that no e-mail may carry: controls, half characters, hidden directions."""
    if text.isprintable():
        return frozenset()
    return frozenset(c for c in text if c in _BIDI or category(c) in _NO_TEXT)


def plain_line(name: str, value: str, field: str) -> HeadLine:
    """A short value in ASCII.

    Raises:
        InvalidInput: naming the field, when it is none.
    """
    if not (value.isascii() and value.isprintable()):
        raise _control(field)
    return HeadLine(name, value, value)


def text_line(name: str, text: str, field: str) -> HeadLine:
    """Free text: as it is where it is plain, else in encoded words (RFC 2047).

    Raises:
        InvalidInput: for line breaks and control characters, and when it is too long.
    """
    _require_sendable(text, field, LONGEST_SUBJECT)
    words = text.strip(" ")
    plain = words.isascii() and "=?" not in words
    if not plain or max(map(len, words.split(" "))) > WIDTH - len(name):
        return HeadLine(name, _encoded(words, len(name) + 2), words)
    return HeadLine(name, _folded(words.split(" "), len(name) + 2), words)


def name_and_address(name: str, who: str, plain_address: str) -> HeadLine:
    """A name and its address: the name in quotes or encoded words where it needs them.

    Raises:
        InvalidInput: for line breaks and control characters, and for a name that is too long.
    """
    _require_sendable(who, "name", LONGEST_NAME)
    who = who.strip()
    if not who:
        return HeadLine(name, plain_address, plain_address)
    if not who.isascii() or "=?" in who or len(who) > WIDTH - len(name) - 4:
        shown = _encoded(who, len(name) + 2)
    elif _NOT_IN_A_PHRASE.search(who):
        shown = '"' + who.replace("\\", "\\\\").replace('"', '\\"') + '"'
    else:
        shown = who
    last = len(shown.rpartition("\n")[2]) + (0 if "\n" in shown else len(name) + 2)
    gap = " " if last + len(plain_address) + 3 <= WIDTH else "\r\n "
    return HeadLine(name, f"{shown}{gap}<{plain_address}>", who)


def id_line(name: str, ids: tuple[str, ...], field: str) -> HeadLine:
    """Message-IDs, one a line.

    Raises:
        InvalidInput: when one is none.
    """
    for one in ids:
        if not _ID.fullmatch(one) or len(one) > LONGEST_ID:
            raise InvalidInput("This is no Message-ID.", field=field,
                               remedy="It looks like <letters@example.com>.")
    return HeadLine(name, "\r\n ".join(ids), " ".join(ids))


def address(text: str, field: str) -> str:
    """One address, its domain in ASCII.

    A local part outside ASCII could be written as an encoded word only, which no mail server
    takes for an address; so it is refused here.

    Raises:
        InvalidInput: naming the field, when it is no single address.
    """
    _require_sendable(text, field, _LONGEST_LOCAL + _LONGEST_DOMAIN + 1)
    local, _, domain = text.rpartition("@")
    if not local.isascii():
        raise InvalidInput("The part of the e-mail address before the @ has letters that mail "
                           "servers do not all take.", field=field,
                           remedy="Use an address in plain letters from a to z.")
    try:
        plain = domain if domain.isascii() else idna.encode(domain, uts46=True).decode("ascii")
    except UnicodeError as error:  # idna.IDNAError is one
        raise _no_address(field) from error
    if not (_LOCAL.fullmatch(local) and len(local) <= _LONGEST_LOCAL
            and _DOMAIN.fullmatch(plain) and len(plain) <= _LONGEST_DOMAIN):
        raise _no_address(field)
    return f"{local}@{plain}"


def attachment_name(name: str) -> str:
    """A file name that says nothing of folders and hides nothing of its ending.

    Raises:
        InvalidInput: when it is none.
    """
    if (not name.isprintable() or PurePosixPath(name).name != name or "\\" in name
            or name.startswith(".") or not 0 < len(name) <= LONGEST_FILE_NAME):
        raise InvalidInput("This is no name for an attachment.", field="attachments",
                           remedy="Give the file a short name, such as letter.pdf.")
    return name


def _encoded(words: str, already: int) -> str:
    """Encoded words of at most 75 octets, one a line.

    Args:
        words: what to encode.
        already: octets of the first line that are taken.
    """
    header = Header(words, charset="utf-8", maxlinelen=WIDTH, header_name="x" * (already - 2))
    return header.encode(linesep="\r\n")


def _folded(words: list[str], already: int) -> str:
    lines, width = [words[0]], already + len(words[0])
    for word in words[1:]:
        if word and width + 1 + len(word) > WIDTH:
            lines.append(word)
            width = 1 + len(word)
        else:
            lines[-1] += f" {word}"
            width += 1 + len(word)
    return "\r\n ".join(lines)


def _require_sendable(text: str, field: str, longest: int) -> None:
    if unsendable(text):
        raise _control(field)
    if len(text) > longest:
        raise InvalidInput(f"This is too long for an e-mail: {len(text):,} characters.",
                           field=field, remedy=f"Shorten it to {longest} characters.")


def _control(field: str) -> InvalidInput:
    return InvalidInput("The head of the e-mail has a line break or a control character.",
                        field=field, remedy="Enter it again on one line.")


def _no_address(field: str) -> InvalidInput:
    return InvalidInput("This is not an e-mail address.", field=field,
                        remedy="Write it like name@example.com, one address only.")
