"""A saved page gives the targets of its links and its text, whatever it is made of."""

from __future__ import annotations

import time

import pytest

from optout.registry.saved_page import is_page, read_page

LIMIT = 500_000
"""Characters of a hostile page."""

PATIENCE = 5.0
"""Seconds; a page is read in a fraction of one."""


def test_targets_come_from_links_alone_and_once() -> None:
    page = read_page(
        '<p>One <a class="x>y" href="https://example.com/1">a</a> <A HREF=https://example.com/2>b'
        "<area href='https://example.com/1'><link href='https://example.com/no'>"
        "<a name=x>c</a><a href=''>d</a></p>")
    assert page.targets == ("https://example.com/1", "https://example.com/2", "")


def test_what_is_not_seen_is_not_read() -> None:
    page = read_page(
        "<title>no</title><script>if (a<b) x('<a href=no>')</script><STYLE>no</STYLE >"
        "<!-- <a href=no> --><template><a href=no></template>a &lt; b &amp; 1 < 2")
    assert page.targets == ()
    assert "no" not in page.text
    assert page.text.endswith("a < b & 1 < 2")


def test_words_that_stand_together_stay_together() -> None:
    text = read_page("<cite>https://example.com<span> › people</span></cite><div>www.<b>a</b>.com")
    assert text.text == "https://example.com › people\nwww.a.com"


@pytest.mark.parametrize("piece", ["<!--no end", "<script>no end", "<a href='x", "<", "<b"])
def test_what_never_ends_is_no_error(piece: str) -> None:
    page = read_page(f'<a href="https://example.com/1">a</a>{piece}')
    assert page.targets[0] == "https://example.com/1"


def test_one_quote_without_end_does_not_hide_the_rest() -> None:
    page = read_page("<a title='x><a href=https://example.com/1>a</a>")
    assert page.targets == ("https://example.com/1",)


@pytest.mark.parametrize(("text", "is_one"), [
    ("<!DOCTYPE html><p>x", True), ("x <A href=x>", True), ("<div>", True),
    ("<https://example.com/a>", False), ("a < b", False), ("", False)])
def test_a_page_is_told_from_a_text(text: str, *, is_one: bool) -> None:
    assert is_page(text) is is_one


@pytest.mark.parametrize("piece", [
    "<div>", "<a ", "<a href=", "<a href='", '<a "', """<a ">" '""", "<!--", "<script>", "<", "</",
    "<a href   ", "&#x41;", "<a x=1 ", "\0"])
def test_no_page_takes_long(piece: str) -> None:
    start = time.process_time()
    read_page(piece * (LIMIT // len(piece)))
    read_page("<a '" + piece * (LIMIT // len(piece)) + '"')
    assert time.process_time() - start < PATIENCE
