"""One pasted link: what is kept of it, what it is compared by, and what is refused."""

from __future__ import annotations

import pytest

from optout.registry.listing_links import LONGEST_LINK, Link, Why, read_link
from optout.services.exposures import LONGEST_URL


def link(text: str) -> Link:
    found = read_link(text)
    assert isinstance(found, Link), found
    return found


@pytest.mark.parametrize(("pasted", "kept"), [
    ("https://www.example.com/people/x", "https://www.example.com/people/x"),
    ("HTTPS://WWW.Example.COM/People/X", "https://www.example.com/People/X"),
    (" http://example.com ", "http://example.com/"),
    ("https://example.com?id=1", "https://example.com/?id=1"),
    ("https://example.com/x?utm_source=a&id=1&UTM_Medium=b&gclid=2&fbclid=3#age",
     "https://example.com/x?id=1"),
    ("https://example.com/x?a=1&amp;b=2&#38;c=3", "https://example.com/x?a=1&b=2&c=3"),
    ("https://example.com:443/x", "https://example.com/x"),
    ("http://example.com:0080/x", "http://example.com/x"),
    ("https://example.com:8443/x", "https://example.com:8443/x"),
    ("https://bücher.example.com/å", "https://xn--bcher-kva.example.com/å"),
    ('https://example.com/a b\t<"`\\\u202e\x00',
     "https://example.com/a%20b%09%3C%22%60%5C%E2%80%AE%00"),
    ("https://example.com./x", "https://example.com/x"),
    ("https://ex.example.com/report.pdf", "https://ex.example.com/report.pdf"),
])
def test_a_link_is_kept_as_seen_without_what_follows_people(pasted: str, kept: str) -> None:
    assert link(pasted).url == kept
    assert link(kept).url == kept


@pytest.mark.parametrize(("pasted", "why"), [
    ("javascript:alert(1)", Why.NOT_WEB),
    ("data:text/html,https://example.com/x", Why.NOT_WEB),
    ("mailto:a@example.com", Why.NOT_WEB),
    ("ftp://example.com/x", Why.NOT_WEB),
    ("//example.com/x", Why.NOT_WEB),
    ("https:example.com/x", Why.NOT_WEB),
    ("", Why.NOT_WEB),
    ("https:///x", Why.NO_SITE),
    ("https://localhost/x", Why.NO_SITE),
    ("https://com/x", Why.NO_SITE),
    ("https://203.0.113.9/x", Why.NO_SITE),
    ("https://2130706433/x", Why.NO_SITE),
    ("https://example.0x7f/x", Why.NO_SITE),
    ("https://[2001:db8::1]/x", Why.NO_SITE),
    ("https://[broken", Why.NO_SITE),
    ("https://example.com@evil.example/", Why.DISGUISED),
    ("https://a:b@example.com/x", Why.DISGUISED),
    ("https://evil.example\\@example.com/x", Why.DISGUISED),
    ("https://example.com\\.evil.example/x", Why.DISGUISED),
    ("https://example%2ecom/x", Why.DISGUISED),
    ("https://example.com:99999999/x", Why.DISGUISED),
    ("https://example.com:port/x", Why.DISGUISED),
    ("https://exa(mple.com/x", Why.DISGUISED),
    ("https://example.com/style.css", Why.FILE),
    ("https://example.com/a/b.JPEG?w=1", Why.FILE),
    ("https://example.com/" + "a" * LONGEST_LINK, Why.TOO_LONG),
])
def test_what_is_no_sound_link_is_told_apart(pasted: str, why: Why) -> None:
    assert read_link(pasted) is why


@pytest.mark.parametrize("other", [
    "http://example.com/People/x?b=2&a=1",
    "https://www.example.com/People/x/?a=1&b=2&utm_campaign=z",
    "https://m.example.com/People/x?a=1&b=2#top",
    "https://www.example.org/People/x?a=1&b=2",
    "https://example.com:443/%50eople/x?a=1&b=2",
])
def test_one_page_has_one_key(other: str) -> None:
    assert link(other).same == link("https://example.com/People/x?a=1&b=2").same


@pytest.mark.parametrize("other", [
    "https://example.com/people/x", "https://example.com/People/x?a=1",
    "https://avery.example.com/People/x", "https://example.com:8443/People/x",
    "https://example.com/People/x/y",
])
def test_another_page_has_another_key(other: str) -> None:
    assert link(other).same != link("https://example.com/People/x").same


def test_no_longer_link_is_read_than_is_stored() -> None:
    assert LONGEST_LINK == LONGEST_URL
