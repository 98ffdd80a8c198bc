"""A strict reader of RFC 5322 and MIME, which shares no code with the writer of our e-mails.

It takes nothing that a lenient mail program would mend, and knows only what we may write.
"""

from __future__ import annotations

import re
from base64 import b64decode
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

_NAME = re.compile(r"[A-Za-z0-9-]+")
_WORD = re.compile(r"=\?utf-8\?([bq])\?([!->@-~]*)\?=")
_QUOTED = re.compile(r"(?:[!-<>-~ \t]|=[0-9A-F]{2})*=?")
_PARAMETER = re.compile(r'\s*([A-Za-z-]+)(\*(?:[0-9]+\*?)?)?=(?:"([^"\\]*)"|([^\s;"]+))\s*(?:;|$)')
LONGEST_LINE, LONGEST_WORD, LONGEST_QUOTED = 998, 75, 76


@dataclass(frozen=True)
class Part:
    """A message or a part of one: its head in order, and what it holds."""

    head: tuple[tuple[str, str], ...]
    body: bytes
    parts: tuple[Part, ...] = ()

    def __getitem__(self, name: str) -> str:
        found = [value for key, value in self.head if key.lower() == name.lower()]
        assert len(found) == 1, f"{name} stands {len(found)} times"
        return found[0]

    @property
    def names(self) -> list[str]:
        """The names of the headers, in order."""
        return [name for name, _ in self.head]

    @property
    def kind(self) -> str:
        """The media type alone."""
        return self["Content-Type"].partition(";")[0].strip()

    @property
    def text(self) -> str:
        """The words, with plain line ends."""
        assert self.kind == "text/plain"
        return self.body.decode("utf-8").replace("\r\n", "\n")

    def parameter(self, header: str, name: str) -> str:
        """One parameter of a header, put together and decoded (RFC 2231)."""
        return parameters(self[header]).get(name, "")


def read(raw: bytes) -> Part:
    """A whole message.

    Raises:
        AssertionError: naming the rule that it breaks.
    """
    assert b"\r" not in raw.replace(b"\r\n", b""), "a CR alone"
    assert b"\n" not in raw.replace(b"\r\n", b""), "a LF alone"
    assert raw.isascii(), "an octet beyond ASCII"
    assert b"\0" not in raw, "a NUL"
    assert max(map(len, raw.split(b"\r\n"))) <= LONGEST_LINE
    return _part(raw)


def _part(raw: bytes) -> Part:
    top, blank, rest = raw.partition(b"\r\n\r\n")
    assert blank, "no blank line after the head"
    head: list[tuple[str, str]] = []
    for line in top.decode("ascii").split("\r\n"):
        if line[0] in " \t":
            assert line.strip(), "a folded line of spaces"
            assert head, "a head that begins folded"
            head[-1] = (head[-1][0], head[-1][1] + line)
        else:
            name, colon, value = line.partition(":")
            assert colon, f"no header: {name}"
            assert _NAME.fullmatch(name), name
            head.append((name, value))
    bare = Part(tuple((name, value.strip()) for name, value in head), b"")
    if bare.kind.startswith("multipart/"):
        boundary = bare.parameter("Content-Type", "boundary").encode()
        before, *pieces = (b"\r\n" + rest).split(b"\r\n--" + boundary)
        assert not before.strip(), "words before the first part"
        assert pieces.pop().strip() == b"--", "no end"
        return Part(bare.head, b"", tuple(_part(piece.removeprefix(b"\r\n")) for piece in pieces))
    decode = {"quoted-printable": _quoted, "base64": _base64}[bare["Content-Transfer-Encoding"]]
    return Part(bare.head, decode(rest))


def _quoted(raw: bytes) -> bytes:
    for line in raw.decode("ascii").split("\r\n"):
        assert len(line) <= LONGEST_QUOTED, "a quoted line that is too long"
        assert not line.endswith((" ", "\t")), "a space at the end that a server may drop"
        assert _QUOTED.fullmatch(line), line
    return unquote_to_bytes(raw.replace(b"=\r\n", b"").replace(b"%", b"=25").replace(b"=", b"%"))


def _base64(raw: bytes) -> bytes:
    assert max(map(len, raw.split(b"\r\n"))) <= LONGEST_QUOTED
    return b64decode(raw.replace(b"\r\n", b""), validate=True)


def parameters(value: str) -> dict[str, str]:
    """The parameters of a header."""
    found: dict[str, str] = {}
    encoded: set[str] = set()
    rest = value.partition(";")[2]
    while rest.strip():
        match = _PARAMETER.match(rest)
        assert match, f"no parameter: {rest}"
        name, star, quoted, bare = match.groups()
        found[name] = found.get(name, "") + (quoted or bare or "")
        if star and star.endswith("*"):
            encoded.add(name)
        rest = rest[match.end():]
    for name in encoded:
        charset, _, octets = found[name].split("'", 2)
        found[name] = unquote_to_bytes(octets).decode(charset)
    return found


def decoded(value: str) -> str:
    """Free text of a header, its encoded words decoded (RFC 2047)."""
    out, last = "", 0
    for match in _WORD.finditer(value):
        assert len(match.group(0)) <= LONGEST_WORD, "an encoded word that is too long"
        between = value[last:match.start()]
        if between.strip() or not last:
            out += between
        way, octets = match.groups()
        raw = (b64decode(octets, validate=True) if way == "b" else
               unquote_to_bytes(octets.replace("_", " ").replace("%", "=25").replace("=", "%")))
        out += raw.decode("utf-8")
        last = match.end()
    assert "=?" not in value[last:] or not _WORD.search(value[last:])
    return out + value[last:]


def mailbox(value: str) -> tuple[str, str]:
    """One address with its name; more than one, or a comment, is an error."""
    match = re.fullmatch(
        r'(?:(?P<quoted>"(?:[^"\\]|\\.)*")|(?P<phrase>[^<>()\[\],;:@\\"]*?))\s*'
        r"<(?P<address>[^<>\s]+)>|(?P<bare>[^<>\s]+)", value)
    assert match, f"no address: {value}"
    given = match["address"] or match["bare"]
    assert re.fullmatch(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9.-]+", given), given
    if match["quoted"]:
        return re.sub(r"\\(.)", r"\1", match["quoted"][1:-1]), given
    return decoded(match["phrase"] or ""), given
