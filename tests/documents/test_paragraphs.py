"""Filled text as paragraphs: joined lines, and one full stop where a name brings its own."""

from __future__ import annotations

import pytest

from optout.documents.texts import paragraphs


@pytest.mark.parametrize(("filled", "found"), [
    ("I write to Example, Inc.. It\nanswered.", "I write to Example, Inc. It answered."),
    ("- About a firm e.K..\nMore of DIRECT e.K..", "- About a firm e.K.\nMore of DIRECT e.K."),
    ("Wait ... and see …", "Wait ... and see …"),
    ("See https://example.com/a..b now.", "See https://example.com/a..b now."),
    ("Listing:\thttps://example.com/a..", "Listing:\thttps://example.com/a.."),
])
def test_a_name_that_ends_in_a_stop_ends_its_sentence(filled: str, found: str) -> None:
    assert paragraphs(filled) == (found,)
