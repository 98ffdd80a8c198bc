"""The file of one request's whole life as values: what the bundle says, before it is set."""

from __future__ import annotations

from dataclasses import dataclass

Pairs = tuple[tuple[str, str], ...]
"""Labels and what stands beside them."""


@dataclass(frozen=True, slots=True)
class CaseStep:
    """One thing that happened.

    Args:
        day: in words.
        words: what was noted, or what they wrote; may be empty.
    """

    day: str
    what: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class CaseDate:
    """One date that a law sets for the request."""

    what: str
    day: str
    law: str
    citation: str


@dataclass(frozen=True, slots=True)
class CaseText:
    """A message or a text, set anew: its head, its words, what was attached to it.

    Args:
        attached: name, kind and hash of each, as sentences; none is opened.
    """

    head: Pairs = ()
    body: str = ""
    attached: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseExhibit:
    """One document of the file.

    Args:
        label: `A`, `B` ... `Z`, `AA`.
        day: in words.
        what: its kind of file, such as “E-mail”.
        sha256: of the original, in hex.
        ours: we wrote it; else it came from outside and may name anybody.
        about: what is known of it, in labels and values.
        quote: the sentence of it that its reading rests on.
        text, pdf, picture: what is shown of it (one of them): words, a PDF's bytes, a JPEG's.
        left_out: why nothing is shown; "" where something is.
    """

    label: str
    title: str
    day: str
    what: str
    sha256: str
    ours: bool = True
    about: Pairs = ()
    quote: str = ""
    text: CaseText | None = None
    pdf: bytes = b""
    picture: bytes = b""
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Everything that the bundle of one request says.

    Args:
        page: `letter` or `a4`.
        redacted: it is the copy for others.
        mark: what stands at the foot of every page.
        facts: the table on the cover.
        asked: what was asked for, each with its law.
        standing: where it stands on the three axes, each label with a sentence.
        notes: paragraphs on the cover.
    """

    reference: str
    title: str
    page: str
    redacted: bool
    mark: str
    facts: Pairs
    asked: tuple[str, ...]
    standing: Pairs
    notes: tuple[str, ...]
    history: tuple[CaseStep, ...]
    dates: tuple[CaseDate, ...]
    exhibits: tuple[CaseExhibit, ...]
    language: str = "en"


def label_of(number: int) -> str:
    """The label of an exhibit by its place: 0 is `A`, 25 is `Z`, 26 is `AA`."""
    label = ""
    while number >= 0:
        label = chr(ord("A") + number % 26) + label
        number = number // 26 - 1
    return label
