"""Which of our requests a message answers: our own marks, nothing guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from optout.domain.reference import ALPHABET, references_in

_OUR_MESSAGE_ID = re.compile(rf"<?(opt-[{ALPHABET.lower()}]{{6}})\.\d+@[^\s<>]+>?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Match:
    """The request that a message answers, and by which mark; both empty if none."""

    request_id: str = ""
    matched_by: str = ""


def match(threads: Sequence[str], subject: str, body: str) -> Match:
    """Find the request: by our Message-ID, else by a reference in the subject, else in the body.

    A message that names two different requests in the same place answers neither for sure: the
    next place decides, and if none does, a person must.

    Args:
        threads: the values of In-Reply-To and References, and for a bounce the Message-ID of
            the returned message.
        subject: decoded.
        body: decoded text; quoted text counts, for it is ours.
    """
    ids = {found.upper() for value in threads for found in _OUR_MESSAGE_ID.findall(value)}
    if len(ids) == 1:
        return Match(ids.pop(), "message_id")
    for text in (subject, body):
        named = references_in(text)
        if len(named) == 1:
            return Match(named[0], "reference")
    return Match()
