"""A document as the recipient gets it, what handed it over, and what came back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from optout.domain.document_words import DocumentKind, EvidenceKind, Purpose
from optout.domain.outcome_words import Reading
from optout.domain.progress import Series
from optout.domain.words import Channel, Fact


@dataclass(frozen=True, slots=True)
class Letter:
    """The words of a request, filled in; letter, e-mail and preview are three dresses of it.

    Args:
        language: BCP 47 (`en`).
        page: `letter` (US Letter, #10 window) or `a4` (DL window), by the recipient's country.
        sender, recipient: address lines, top to bottom.
        date_line: the date in the reader's convention.
        paragraphs: body text; a paragraph that begins with `- ` is a list item.
        enclosures: names of what is enclosed.
        signature_image: a scanned signature (PNG, cleaned of everything but the strokes) that
            stands above the name on paper; empty for a signature by hand.
    """

    reference: str
    language: str
    page: str
    sender: tuple[str, ...]
    recipient: tuple[str, ...]
    date_line: str
    subject: str
    salutation: str
    paragraphs: tuple[str, ...]
    closing: str
    signature: str
    enclosures: tuple[str, ...] = ()
    signature_image: bytes = b""


@dataclass(frozen=True, slots=True)
class EmailHead:
    """The head of an e-mail; exactly one recipient.

    Args:
        in_reply_to: the Message-ID of the message that this one follows; empty for the first.
        references: the Message-IDs of the conversation before this one, oldest first.
    """

    sender: str
    to: str
    subject: str
    message_id: str
    date: datetime
    in_reply_to: str = ""
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormValue:
    """One field of a web form: what to enter, or why to leave it empty."""

    fact: Fact
    label: str
    value: str = ""
    leave_empty_because: str = ""


@dataclass(frozen=True, slots=True)
class FormSheet:
    """What a person needs beside a web form.

    Args:
        steps: what to do, in order.
        values: the values in the form's order.
        statement: text for a free-text field, made of the letter's words.
        statement_language: BCP 47; the recipient's, where the rest is in the person's.
        statement_in_english: the same for the person, who may not read that language; empty
            where they do.
    """

    reference: str
    title: str
    link: str
    steps: tuple[str, ...]
    values: tuple[FormValue, ...]
    statement: str
    statement_language: str = "en"
    statement_in_english: str = ""


@dataclass(frozen=True, slots=True)
class SheetPlot:
    """A plot on a sheet, over stretches of time.

    Args:
        id: how the paragraph that it stands for calls it.
        series: the lines, each with as many values as there are labels.
        labels: what the end of each stretch is called; a few of them are written below the axis.
    """

    id: str
    series: tuple[Series, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper that is no letter: a form to sign, a leaflet, a report.

    Args:
        reference: at the foot of every page; empty where it belongs to no request.
        language: BCP 47.
        mark: what stands at the head of every page; empty for none.
        paragraphs: body text; one that begins with `## ` is a heading, one with `- ` a list
            item, one with `- [ ] ` an item to tick, one with `__ ` lines to sign and what stands
            under each, divided by tabs; one with a tab in its lines is a table of labels and
            values, one with several a table whose first line is its head; one of underscores
            is a line to write on; one of `~ ` and the id of a plot is that plot.
        page: `letter` or `a4`.
    """

    reference: str
    language: str
    mark: str
    title: str
    paragraphs: tuple[str, ...]
    page: str = "letter"
    plots: tuple[SheetPlot, ...] = ()


@dataclass(frozen=True, slots=True)
class CounselDraft(Sheet):
    """A draft of a request to a public agency, for a lawyer to decide about.

    Its mark says that it is a draft for counsel, and not sent.
    """


@dataclass(frozen=True, slots=True)
class Document:
    """A rendered document, kept exactly as sent.

    Args:
        id: the SHA-256 of `content`, in hex, is `sha256`; `id` is ours.
        file_name: reference and kind only (`OPT-7K3M9Q-letter.pdf`), never a person or broker.
        media_type: `application/pdf`, `message/rfc822`, `text/html; charset=utf-8`.
        mailto: for e-mails, the link that opens a mail program, within its length limit; else "".
        purpose: the request itself, or a later letter about it.
    """

    id: str
    request_id: str
    kind: DocumentKind
    file_name: str
    media_type: str
    sha256: str
    made_on: date
    content: bytes = b""
    mailto: str = ""
    purpose: Purpose = Purpose.REQUEST


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file made for the person on the spot; the program keeps no copy.

    Args:
        file_name: says what it is, never whose.
    """

    file_name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file kept to prove something about a request, or what a look showed.

    Args:
        name: as the person's machine called it; data, never a path.
        media_type: what its first bytes say that it is, not its name.
        sha256: of the file as it was handed over, in hex.
        event_seq: the event that it proves; 0 where it belongs to the request as a whole.
        size: bytes.
        request_id: empty where it belongs to a look that no request called for.
        person_id: whose it is; stored from the request where that is empty.
        look_id: the look that it proves; empty for others.
    """

    id: str
    request_id: str
    kind: EvidenceKind
    name: str
    media_type: str
    sha256: str
    size: int
    added_on: date
    event_seq: int = 0
    person_id: str = ""
    look_id: str = ""


@dataclass(frozen=True, slots=True)
class HandOver:
    """What a channel gives the person to carry out: instructions, a link, a document."""

    channel: Channel
    title: str
    steps: tuple[str, ...]
    link: str = ""
    document_id: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back, and how it was read.

    Args:
        matched_by: `reference`, `message_id`, or "" where nothing matched.
        evidence: the header or sentence that the reading rests on.
    """

    message_id: str
    request_id: str
    matched_by: str
    reading: Reading
    evidence: str
    received_at: datetime | None
    sha256: str
