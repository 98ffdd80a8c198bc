"""Domains that look like others: foreign letters, and letters that the eye confuses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import idna

from optout.domain.broker import Broker
from optout.registry.kinds import Path
from optout.registry.lint.addresses import links_of
from optout.registry.lint.kin import Kinship
from optout.registry.lint.rules import Remark
from optout.registry.sites import host_of, site_of

_CONFUSED = (("rn", "m"), ("vv", "w"), ("0", "o"), ("1", "l"), ("5", "s"), ("i", "l"))
"""What is read as what, in this order."""

_SMALL_CAPITALS = {"к": "k", "т": "t", "м": "m", "н": "h", "в": "b"}
"""Letters that the table of look-alikes leaves out, because only their capitals are the same."""


def look_at(brokers: Mapping[str, Broker]) -> Iterator[Remark]:
    """Every domain that is likely to be taken for another, as warnings.

    Args:
        brokers: those that could be read, by id.
    """
    kinship = Kinship(brokers)
    first: dict[str, tuple[str, str]] = {}
    for id_, path, site in _sites(brokers):
        shown = _shown(site)
        plain = _plain_letters(shown)
        if plain:
            yield Remark(id_, path, f"{site} is shown as “{shown}” and can be taken for {plain}: "
                         "remove it, unless it is known to be theirs", only_warns=True)
        owner, other = first.setdefault(skeleton(plain or shown), (id_, site))
        if other != site and not kinship.are_kin(owner, id_):
            yield Remark(id_, path, f"{site} looks like {other} of “{owner}”: make sure that it "
                         "is no typing error and no trap", only_warns=True)


def _sites(brokers: Mapping[str, Broker]) -> Iterator[tuple[str, Path, str]]:
    """Each site of each entry once; own domains of all entries before links."""
    seen: set[tuple[str, str]] = set()
    links = [(broker.id, path, link) for broker in brokers.values()
             for path, link in (*links_of(broker), *(
                 (("procedures", number, "email"), way.email)
                 for number, way in enumerate(broker.procedures) if way.email))]
    for id_, path, link in sorted(links, key=lambda one: one[1][0] != "domains"):
        site = site_of(host_of(link))
        if site and (id_, site) not in seen:
            seen.add((id_, site))
            yield id_, path, site


def skeleton(domain: str) -> str:
    """A domain with letters that look alike made equal; only for comparing."""
    for seen, meant in _CONFUSED:
        domain = domain.replace(seen, meant)
    return domain


def _shown(site: str) -> str:
    """A site as a browser may show it."""
    try:
        return idna.decode(site)
    except idna.IDNAError:
        return site


def _plain_letters(shown: str) -> str:
    """What a name with foreign letters can be taken for in Latin ones; "" where it cannot."""
    if shown.isascii():
        return ""
    from confusable_homoglyphs import confusables

    name = shown.partition(".")[0]
    found = confusables.is_confusable(name, greedy=True, preferred_aliases=["latin"]) or []
    latin = _SMALL_CAPITALS | {one["character"]: one["homoglyphs"][0]["c"] for one in found
                               if one["homoglyphs"][0]["c"].isascii()}
    read = "".join(latin.get(letter, letter) for letter in name)
    if read.isascii() or confusables.is_mixed_script(name):
        return f"{read}.{shown.partition('.')[2]}"
    return ""
