"""The addresses of search engines lead on to the page inside them, or are no listing."""

from __future__ import annotations

import base64
from urllib.parse import quote

import pytest

from optout.registry.listing_links import Link, Why
from optout.registry.wrapped import unwrapped

LISTING = "https://www.example.com/people/avery?id=1"
QUOTED = quote(LISTING, safe="")


def bing(address: str, mark: str = "a1") -> str:
    inside = base64.urlsafe_b64encode(address.encode()).decode().rstrip("=")
    return f"https://www.bing.com/ck/a?!&&p=0f&u={mark}{inside}&ntb=1"


@pytest.mark.parametrize("wrapper", [
    LISTING,
    f"https://www.google.com/url?sa=t&url={QUOTED}&usg=1",
    f"https://www.google.co.uk/url?q={QUOTED}&sa=U",
    f"https://images.google.de/imgres?imgurl=x&imgrefurl={QUOTED}",
    f"https://duckduckgo.com/l/?uddg={QUOTED}&rut=0f",
    f"https://r.search.yahoo.com/_ylt=A;_ylu=Y/RV=2/RE=1/RO=10/RU={QUOTED}/RK=2/RS=x-",
    f"https://www.startpage.com/do/go?url={QUOTED}",
    f"https://www.ecosia.org/out?u={QUOTED}",
    bing(LISTING),
    f"https://www.google.com/url?q={quote(bing(LISTING), safe='')}",
])
def test_a_wrapped_link_leads_to_the_page_inside(wrapper: str) -> None:
    found = unwrapped(wrapper)
    assert isinstance(found, Link)
    assert found.url == LISTING


@pytest.mark.parametrize(("address", "why"), [
    (f"https://www.google.com/search?q={QUOTED}", Why.ENGINE),
    ("https://www.google.com/", Why.ENGINE),
    ("https://www.google.com/url?q=/settings", Why.ENGINE),
    ("https://www.google.com/url?q=javascript:alert(1)", Why.ENGINE),
    (bing("/search?q=avery"), Why.ENGINE),
    ("https://www.bing.com/ck/a?u=a1%FF%FE", Why.ENGINE),
    ("https://www.bing.com/ck/a?u=a1aHR0c", Why.ENGINE),
    ("https://www.bing.com/aclick?ld=x&u=aHR0cHM6Ly9leGFtcGxlLmNvbQ", Why.ADVERT),
    (f"https://www.google.com/aclk?adurl={QUOTED}", Why.ADVERT),
    (f"https://googleads.g.doubleclick.net/pcs/click?adurl={QUOTED}", Why.ADVERT),
    ("https://www.google.com/url?q=https://a@evil.example/", Why.DISGUISED),
    ("mailto:avery@example.com", Why.NOT_WEB),
])
def test_what_leads_nowhere_is_the_engines_own(address: str, why: Why) -> None:
    assert unwrapped(address) is why


def test_wrappers_within_wrappers_come_to_an_end() -> None:
    address = LISTING
    for _ in range(4):
        address = f"https://www.google.com/url?q={quote(address, safe='')}"
    assert unwrapped(address) is Why.ENGINE
