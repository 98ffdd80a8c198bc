"""HTML mail as words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optout.inbox.html_text import text_of


@pytest.mark.parametrize(("html", "text"), [
    ("<p>One</p><p>Two &amp; three</p>", "One\n\nTwo & three"),
    ("a<br>b<BR/>c", "a\nb\nc"),
    ("<head><title>x</title></head><body>seen<script>if (a < b) {}</script></body>", "seen"),
    ("<style>p {}</STYLE >after", "after"), ("a <!-- no <p> --> b", "a b"),
    ("mine<blockquote>yours<br>too</blockquote>mine again",
     "mine\n> yours\n> too\nmine again"),
    ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"), ("<script>never closed", "never closed"),
    ("cut <a href='x", "cut"), ("<!doctype html>x", "<!doctype html>x"), ("", "")])
def test_markup_becomes_words(html: str, text: str) -> None:
    assert text_of(html) == text


@given(st.text(alphabet="<>/!-abp&; script", max_size=200))
def test_whatever_the_markup_lines_have_single_spaces_and_no_line_break_tags(html: str) -> None:
    text = text_of(html)
    assert all(line == " ".join(line.split()) for line in text.split("\n"))
    assert "<p>" not in text
