"""Whose listing a link shows, and which pages of a broker are none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from optout.domain.broker import Broker
from optout.registry.listing_links import Link, Why, read_link
from optout.registry.pasted import Pasted
from optout.registry.registry import Registry

_SERVICE = frozenset({
    "about", "about-us", "aboutus", "account", "ads", "advertise", "affiliates", "api", "app",
    "apps", "blog", "careers", "ccpa", "contact", "contact-us", "contactus", "cookies",
    "directory", "do-not-sell", "do-not-sell-my-info", "donotsell", "dmca", "faq", "faqs",
    "features", "help", "home", "index", "jobs", "join", "legal", "log-in", "login", "opt-out",
    "opt_out", "optout", "plans", "press", "pricing", "privacy", "privacy-center",
    "privacy-policy", "privacy-rights", "privacypolicy", "register", "removal", "remove", "search",
    "sign-in", "sign-up", "signin", "signup", "sitemap", "support", "suppression",
    "suppression-requests", "terms", "terms-of-service", "terms-of-use", "tos", "your-privacy"})
"""Paths of one word that show nobody, at any site."""

_ENDINGS = (".html", ".htm", ".php", ".aspx")


@dataclass(frozen=True, slots=True)
class Sorted:
    """What became of pasted links.

    Args:
        listings: links of known brokers, each listing once, by the broker's id.
        shown_only: sites that were named without a link, with the broker's id; empty if unknown.
        unknown: sites that no entry names, with the number of links to each.
        left_out: what is no listing, with the site.
    """

    listings: tuple[tuple[str, Link], ...]
    shown_only: tuple[tuple[str, str], ...]
    unknown: tuple[tuple[str, int], ...]
    left_out: tuple[tuple[Why, str], ...]


def sort_links(registry: Registry, pasted: Pasted) -> Sorted:
    """Match each link with its broker; domains of one broker with one page are one listing."""
    listings: dict[tuple[str, ...], tuple[str, Link]] = {}
    unknown: dict[str, int] = {}
    left_out = list(pasted.left_out)
    own: dict[str, _OwnPages] = {}
    for link in pasted.links:
        broker = registry.match(link.host)
        why = _no_listing(link)
        if broker is not None and why is None:
            if broker.id not in own:
                own[broker.id] = _own_pages(registry, broker)
            why = Why.SERVICE_PAGE if own[broker.id].has(link) else None
        if why is not None:
            left_out.append((why, link.site))
        elif broker is None:
            unknown[link.site] = unknown.get(link.site, 0) + 1
        else:
            listings.setdefault((broker.id, *link.same), (broker.id, link))
    shown = ((site, registry.match(site)) for site in pasted.shown_only)
    return Sorted(tuple(listings.values()),
                  tuple((site, broker.id if broker else "") for site, broker in shown),
                  tuple(unknown.items()), tuple(left_out))


def _no_listing(link: Link) -> Why | None:
    """Why a page shows nobody, whoever's it is; an own corner of a site may be somebody's."""
    corner, path = link.page
    word = path.strip("/").casefold()
    for ending in _ENDINGS:
        word = word.removesuffix(ending)
    if not word:
        return None if corner else Why.HOME
    if word not in _SERVICE or (word == "search" and link.query):
        return None
    return Why.SERVICE_PAGE


@dataclass(frozen=True, slots=True)
class _OwnPages:
    """The pages on which a broker, or one that its opt-out serves, takes requests or searches.

    Args:
        forms: where requests are made; with any query, unless the query makes the form.
        searches: the empty forms of a search; with a query they show somebody.
    """

    forms: frozenset[tuple[str, ...]]
    searches: frozenset[tuple[str, ...]]

    def has(self, link: Link) -> bool:
        """Whether the link leads to one of them."""
        return _place(link) in self.forms | self.searches or _place(link)[:3] in self.forms


def _own_pages(registry: Registry, broker: Broker) -> _OwnPages:
    family = (broker, *(registry.brokers[cover.id] for cover in broker.covers))
    return _OwnPages(
        frozenset(_places(way.url for one in family for way in one.procedures)),
        frozenset(_place(link) for one in family if one.search
                  and isinstance(link := read_link(one.search.url), Link)))


def _places(urls: Iterable[str]) -> Iterator[tuple[str, ...]]:
    for url in urls:
        link = read_link(url)
        if isinstance(link, Link):
            yield _place(link) if link.query else _place(link)[:3]


def _place(link: Link) -> tuple[str, ...]:
    """Site, corner and path, then the query, in small letters."""
    corner, path = link.page
    return link.site, corner, path.casefold(), link.query.casefold()
