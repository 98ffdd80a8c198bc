"""Opt-outs on sites of strangers, and sites that several entries claim."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from optout.domain.broker import Broker, Procedure
from optout.domain.words import BasisKind
from optout.registry.lint.kin import Kinship
from optout.registry.lint.providers import serves_others
from optout.registry.lint.rules import Remark
from optout.registry.sites import site_of

_OWN_WORD = frozenset({BasisKind.STATE_FILING, BasisKind.PRIVACY_POLICY})


def look_at(brokers: Mapping[str, Broker]) -> Iterator[Remark]:
    """Every opt-out on a foreign site and every site with several owners, as warnings.

    Args:
        brokers: those that could be read, by id.
    """
    kinship = Kinship(brokers)
    yield from _foreign(brokers, kinship)
    yield from _shared_sites(brokers, kinship)


def _foreign(brokers: Mapping[str, Broker], kinship: Kinship) -> Iterator[Remark]:
    sites = {id_: {site_of(domain) for domain in broker.domains}
             for id_, broker in brokers.items()}
    for id_, broker in brokers.items():
        if not broker.domains:  # nothing to compare with: a practice or an office has no site
            continue
        own = set().union(*(sites[one] for one in kinship.of(id_)))
        for number, way in enumerate(broker.procedures):
            contact = "url" if way.url else "email"
            site = site_of(getattr(way, contact))
            if (site and site not in own and not serves_others(site) and not _named_by_itself(way)
                    and not _at_home(site, broker)):
                yield Remark(id_, ("procedures", number, contact),
                             f"lies on {site}, which is no domain of this company, of its group "
                             "or of a known privacy portal: add the domain to the entry that owns "
                             "it, or look whether the way is genuine", only_warns=True)


def _at_home(site: str, broker: Broker) -> bool:
    """Whether it is the company's own name as .com, or under the ending of its country."""
    name, _, ending = site.partition(".")
    own_endings = {"com", "eu", broker.country.casefold()}
    return ending in own_endings and any(
        site_of(domain).partition(".")[0] == name for domain in broker.domains)


def _named_by_itself(way: Procedure) -> bool:
    """Whether the company named this way in a filing or on its own page, or it was seen to work."""
    return any(basis.verifies or basis.kind in _OWN_WORD for basis in way.basis)


def _shared_sites(brokers: Mapping[str, Broker], kinship: Kinship) -> Iterator[Remark]:
    first: dict[str, tuple[str, str]] = {}
    for id_, broker in brokers.items():
        for number, domain in enumerate(broker.domains):
            site = site_of(domain)
            if not site or serves_others(site):
                continue
            owner, named = first.setdefault(site, (id_, domain))
            # one and the same domain twice is told by the rules already
            if owner != id_ and named != domain and not kinship.are_kin(owner, id_):
                yield Remark(id_, ("domains", number), f"{domain} and {named} of “{owner}” are one "
                             "site: join the entries, name their operator, or say in “related” "
                             "how they belong together", only_warns=True)
