"""Whose host a link has, however it was written or pasted."""

import pytest

from optout.registry.sites import host_of, site_of


@pytest.mark.parametrize(("link", "host", "site"), [
    ("https://www.example.com/a?b=c#d", "www.example.com", "example.com"),
    ("EXAMPLE.com.", "example.com", "example.com"),
    ("privacy@mail.example.co.uk", "mail.example.co.uk", "example.co.uk"),
    ("https://user:pw@example.com:8080/", "example.com", "example.com"),
    ("htttps://a.example.org", "a.example.org", "example.org"),
    ("example.com/?back=https://other.example.net/", "example.com", "example.com"),
    ("https://bücher.example/x", "xn--bcher-kva.example", "xn--bcher-kva.example"),
    ("http://127.0.0.1/x", "127.0.0.1", ""),
    ("http://[::1", "", ""),
    ("co.uk", "co.uk", ""),
    ("two words.com", "", ""),
    ("nothing", "", ""),
    ("", "", ""),
])
def test_the_host_and_the_site_of_a_link(link: str, host: str, site: str) -> None:
    assert host_of(link) == host
    assert site_of(link) == site
