"""What a person writes about a task."""

from __future__ import annotations

from optout.domain.errors import InvalidInput
from optout.domain.never_kept import kept_text

LONGEST_WORDS = 500
"""Characters of what a person writes about a task."""


def own_words(text: str, field: str, *, what: str) -> str:
    """What the person wrote, on one line, if it may be kept.

    Raises:
        InvalidInput: when nothing is there, for words that are too long, or that hold the number
            of a paper.
    """
    words = " ".join(text.split())
    if not words:
        raise InvalidInput(f"There is no {what}.", field=field, remedy="Write a few words.")
    if len(words) > LONGEST_WORDS:
        raise InvalidInput(f"The {what} is longer than {LONGEST_WORDS} characters.", field=field,
                           remedy="Shorten it.")
    return kept_text(words, field)
