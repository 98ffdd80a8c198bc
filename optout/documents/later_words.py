"""The small words of the later letters, and the languages that have them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from optout.documents.texts import pairs_of

_FILE = "later/terms"
PLAIN = "en"
"""The language that the person's own instructions are in, and every later letter has words in."""


@cache
def later_terms(language: str) -> Mapping[str, str]:
    """Labels, channels, steps of a history; empty where a language has none."""
    return pairs_of(language, _FILE)
