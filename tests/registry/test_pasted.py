"""What people paste: lists, prose, mails, pages copied as text, saved pages, and attacks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optout.domain.errors import InvalidInput
from optout.registry.listing_links import Why
from optout.registry.pasted import MOST_CHARACTERS, MOST_LINKS, Pasted, links_in
from tests.conftest import SAMPLES

FOLDER = SAMPLES / "pasted"


def urls(found: Pasted) -> list[str]:
    return [link.url for link in found.links]


def of(name: str) -> Pasted:
    return links_in((FOLDER / name).read_text("utf-8"))


@pytest.mark.parametrize(("text", "found"), [
    ("", []),
    ("no link at all, and avery@example.com", []),
    ("https://example.com/1\nhttps://example.com/2\r\nhttps://example.com/1",
     ["https://example.com/1", "https://example.com/2"]),
    ("See https://example.com/1, then (www.example.com/people/x). “example.org/a_(b)”!",
     ["https://example.com/1", "https://www.example.com/people/x", "https://example.org/a_(b)"]),
    ("[Avery](https://example.com/1) and <https://example.com/2>.",
     ["https://example.com/1", "https://example.com/2"]),
    ("HTTPS://EXAMPLE.COM/1", ["https://example.com/1"]),
    ("https://bücher.example.com/1", ["https://xn--bcher-kva.example.com/1"]),
    ("example.com alone is the name of a site; example.com/ as well", []),
    ("http://example.com/1 https://www.example.com/1/?utm_source=x", ["http://example.com/1"]),
    ("<https://example.com/very-\n long/name>", ["https://example.com/very-long/name"]),
    ("<https://example.com/1\nhttps://example.com/2>",
     ["https://example.com/1", "https://example.com/2"]),
    ("https://example.com/?id=\nhttps://example.com/2",
     ["https://example.com/?id=", "https://example.com/2"]),
    ("\u202ehttps://example.com/\u200bx\0y\ud800", ["https://example.com/xy\ufffd"]),
])
def test_links_of_a_text(text: str, found: list[str]) -> None:
    assert urls(links_in(text)) == found


def test_a_page_copied_as_text_names_sites_and_no_link_is_made_up() -> None:
    found = of("copied.txt")
    assert urls(found) == ["https://www.people-two.com/name/avery-sample/p7",
                           "https://www.people-three.com/people/avery-sample-ca"]
    assert found.shown_only == ("people-one.com", "people-four.com", "people-five.com")


def test_lines_that_a_mail_broke_are_joined() -> None:
    assert set(urls(of("mail.txt"))) == {
        "https://www.people-one.com/name/avery-sample?id=7&x=8",
        "https://www.people-two.com/p/avery-sample-2"}


def test_a_saved_page_of_results() -> None:
    found = of("results.html")
    assert urls(found) == [
        "https://people.example/Avery-Sample/San-Francisco-CA/p12345",
        "https://mirror.example/name/avery-sample?id=7",
        "https://unknown.example.net/avery",
        "https://people.example/",
        "https://people.example/privacy"]
    assert found.shown_only == ("trail.example.org",)
    assert {why for why, _ in found.left_out} == {Why.ENGINE, Why.NOT_WEB, Why.ADVERT}
    assert "never" not in str(found.links)


def test_relative_links_of_engines_are_theirs() -> None:
    page = ('<a href="/url?q=https://example.com/1">a</a><a href="/people/no">b</a>'
            '<a href="//duckduckgo.com/l/?uddg=https%3A%2F%2Fexample.com%2F2">c</a>'
            '<a href="/ck/a?u=a1aHR0cHM6Ly9leGFtcGxlLmNvbS8z">d</a>'
            '<a href="/l/?uddg=https://example.com/4">e</a>')
    assert urls(links_in(page)) == [f"https://example.com/{n}" for n in (1, 2, 3, 4)]


ATTACKS = (
    "https://people.example@evil.example.com/avery", "https://people.example:x@evil.example.com/a",
    "https://evil.example.com\\@people.example/avery", "https://evil.example.com%2f.people.example/a",
    "https://evil.example.com%40people.example/a", "https://evil.example.com#@people.example/a",
    "https://evil.example.com?.people.example/a", "https://people.example.evil.example.com/avery",
    "https://peopleexample.com/avery", "https://evil.example.com/https://people.example/avery",
    "https://evil.example.com/people.example/avery", "https://[::1]/people.example/a",
    "https://127.0.0.1/people.example/a", "javascript://people.example/%0aalert(1)",
    "java\0script:alert(1)//people.example/a", "data:text/html,<a href=https://people.example@e.com>",
    "https://people\u2024example.evil.com/a", "https:\\\\people.example\\a",
    "https://evil.example.com\u202e/elpmaxe.elpoep//:sptth", "https://evil.com\uff0f.people.example/a",
    "vbscript:people.example/a", "https://people.example\u3002evil.com/a")
"""None of these leads to people.example, whatever it looks like."""


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("shape", ["{}", "see {} there", "<{}>", '<a href="{}">x</a>', "[x]({})"])
def test_no_attack_is_taken_for_the_site_that_it_names(attack: str, shape: str) -> None:
    for link in links_in(shape.format(attack)).links:
        assert link.site != "people.example" or link.path == "/"  # the start page shows nobody
        assert link.url.startswith(("https://", "http://"))


def test_too_much_is_refused_with_the_limit_and_without_the_text() -> None:
    for text, limit in (("avery " * (MOST_CHARACTERS // 6 + 1), "2,000,000"),
                        (" ".join(f"https://example.com/avery{n}" for n in range(MOST_LINKS + 1)),
                         "2,000")):
        with pytest.raises(InvalidInput) as refused:
            links_in(text)
        assert limit in str(refused.value)
        assert "in parts" in refused.value.remedy
        assert "avery" not in str(refused.value)
        assert refused.value.field == "text"


def test_as_many_links_as_are_allowed_are_read() -> None:
    text = "\n".join(f"https://example.com/{n}" for n in range(MOST_LINKS))
    assert len(links_in(text).links) == MOST_LINKS


PIECES = st.sampled_from([
    "https://", "http://", "example.com", "people.example", "/", "?", "#", "@", ":", "%", "\\", " ",
    "\n", "=\n", "<", ">", "<a href=", '"', "'", "&amp;", "›", "…", "...", "(", ")", "[", "\0",
    "\u202e", "\ud800", "google.com/url?q=", "javascript:", "ü", "xn--", "1.2.3.4", "a1", "<!--"])


@settings(deadline=None, max_examples=300)
@given(st.lists(PIECES | st.text(max_size=8), max_size=40).map("".join))
def test_whatever_is_pasted_gives_sound_links_that_are_read_the_same_again(text: str) -> None:
    found = links_in(text)
    for link in found.links:
        assert link.url.startswith((f"https://{link.host}", f"http://{link.host}"))
        assert link.host.isascii()
        assert not set('<>"\\ \n\0').intersection(link.url)
    again = links_in("\n".join(f"<{link.url}>" for link in found.links))
    assert urls(again) == urls(found)
