"""The closer looks of the check: ages, dates, domains that deceive, sites of strangers."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from optout.domain.broker import Basis, Broker, Cover, Procedure
from optout.domain.words import BasisKind
from optout.registry.check import check_file
from optout.registry.lint import addresses, ages, lookalikes, owners
from optout.registry.lint.lookalikes import skeleton
from optout.registry.lint.providers import serves_others
from optout.registry.lint.rules import Remark
from optout.registry.loading import load_registry
from tests.registry.sample import SMALL, changed

BASE = load_registry(SMALL).get("example-phones")
MAIL = BASE.procedures[0]
FORM = load_registry(SMALL).get("example-search").procedures[0]


def entry(id_: str, *domains: str, procedures: tuple[Procedure, ...] = (),
          operator: str = "", **fields: object) -> Broker:
    return replace(BASE, id=id_, name=id_, domains=domains, procedures=procedures,
                   operator=operator, **fields)  # type: ignore[arg-type]  # by field name


def by_id(*brokers: Broker) -> dict[str, Broker]:
    return {broker.id: broker for broker in brokers}


def told(remarks: list[Remark]) -> list[tuple[str, tuple[str | int, ...]]]:
    return [(remark.broker, remark.path) for remark in remarks]


def test_what_is_past_its_day_is_warned_of_with_file_and_line() -> None:
    assert check_file(SMALL).warnings == ()
    assert check_file(SMALL, day=date(2026, 10, 23)).warnings == ()
    [old] = check_file(SMALL, day=date(2026, 10, 24)).warnings
    assert (old.broker, old.field) == ("example-phones", "procedures[0].checked")
    assert "last checked on 2025-10-23" in old.message
    assert SMALL.read_text("utf-8").splitlines()[old.line - 1] == "    checked: 2025-10-23"
    late = check_file(SMALL, day=date(2027, 2, 23))
    assert late.ok
    assert "was to be looked at again by 2027-02-22" in late.warnings[0].message


def stamped(number: int, way: Procedure) -> dict[str, Broker]:
    return by_id(*(entry(f"e{n}", procedures=(way,)) for n in range(number)))


def test_one_date_on_many_ways_needs_a_source_with_that_date() -> None:
    way = replace(MAIL, checked=date(2026, 5, 5))
    [remark] = ages.stamps(stamped(ages.STAMPED + 1, way))
    assert remark.only_warns
    assert "2026-05-05 is stamped on 101 ways out" in remark.message
    assert told([remark]) == [("e0", ("procedures", 0, "checked"))]
    assert list(ages.stamps(stamped(ages.STAMPED, way))) == []
    assert list(ages.stamps(stamped(500, MAIL))) == [], "a source of each has this date"
    seen = replace(way, basis=(Basis(BasisKind.OWN_LOOK, evidence="Seen on 2026-05-05."),))
    assert list(ages.stamps(stamped(500, seen))) == []
    other_day = replace(way, basis=(Basis(BasisKind.OWN_LOOK, evidence="Seen on 2026-05-01."),))
    assert len(list(ages.stamps(stamped(500, other_day)))) == 1


@pytest.mark.parametrize(("old", "new", "words"), [
    ("email: privacy@phones.example", "email: privacy..desk@phones.example",
     "example-phones: procedures[0].email: no mail can go there"),
    ("email: privacy@phones.example", "email: privacy@phones.local",
     "example-phones: procedures[0].email: no mail can go there"),
    ("email: privacy@phones.example", "email: privacy@phones.nosuchending",
     "example-phones: procedures[0].email: no mail can go there: its domain can be"),
    ("https://search.example/optout", "https://search.nosuchending/optout",
     "example-search: procedures[0].url: “search.nosuchending” is no domain"),
    ("https://search.example/optout", "https://co.uk/optout",
     "example-search: procedures[0].url: “co.uk” is no domain"),
    ("https://search.example/optout", "https://192.0.2.7/optout",
     "example-search: procedures[0].url: “192.0.2.7” is no domain"),
    ("    url: https://search.example/\n", "    url: https://search.internal/\n",
     "example-search: search.url: “search.internal” is no domain"),
    ("domains: [phones.example]", "domains: [phones.invalidending]",
     "example-phones: domains[0]: “phones.invalidending” is no domain"),
])
def test_what_leads_nowhere_is_an_error(tmp_path: Path, old: str, new: str, words: str) -> None:
    path = tmp_path / "brokers.yaml"
    path.write_text(changed(old, new), "utf-8")
    result = check_file(path)
    assert not result.ok
    assert words in str(result.errors[0])
    assert result.errors[0].line > 0


def test_real_endings_are_public() -> None:
    assert addresses.is_public("https://www.example.co.uk/a")
    assert addresses.is_public("xn--bcher-kva.de")
    assert not addresses.is_public("localhost")
    assert not addresses.is_public("")


def at(mailbox: str = "", link: str = "", *kinds: BasisKind) -> tuple[Procedure, ...]:
    basis = tuple(Basis(kind) for kind in kinds or (BasisKind.INDEPENDENT_LISTS,))
    return (replace(FORM, url=link, basis=basis) if link
            else replace(MAIL, email=mailbox, basis=basis),)


@pytest.mark.parametrize("contact", [
    {"mailbox": "optout@stranger.com"}, {"link": "https://optout.stranger.com/example"},
    {"mailbox": "optout@sample.net"}, {"link": "https://onetrust.com.stranger.com/"},
    {"mailbox": "sample@gmail.com"},
])
def test_an_opt_out_on_a_strangers_site_is_warned_of(contact: dict[str, str]) -> None:
    broker = entry("a", "sample.org", procedures=at(**contact))
    [remark] = owners.look_at(by_id(broker))
    assert remark.only_warns
    assert remark.path == ("procedures", 0, "url" if "link" in contact else "email")
    assert "no domain of this company" in remark.message


@pytest.mark.parametrize("procedures", [
    at("optout@mail.sample.org"),
    at("optout@sample.com"),
    at(link="https://privacyportal.onetrust.com/webform/1"),
    at(link="https://forms.gle/1"),
    at(link="https://oag.ca.gov/form"),
    at("optout@stranger.com", "", BasisKind.STATE_FILING),
    at("optout@stranger.com", "", BasisKind.PRIVACY_POLICY),
    at("optout@stranger.com", "", BasisKind.REPLY),
])
def test_own_sites_portals_and_what_the_company_filed_are_left_alone(
        procedures: tuple[Procedure, ...]) -> None:
    assert list(owners.look_at(by_id(entry("a", "sample.org", procedures=procedures)))) == []


def test_an_entry_without_a_site_has_nothing_to_be_compared_with() -> None:
    assert list(owners.look_at(by_id(entry("a", procedures=at("desk@stranger.com"))))) == []


@pytest.mark.parametrize("other", [
    entry("b", "stranger.com", covers=(Cover("a", MAIL.basis),)),
    entry("b", "stranger.com", related=("a",)),
    entry("b", "stranger.com", operator="Sample Group, Inc."),
])
def test_the_sites_of_the_group_are_its_own(other: Broker) -> None:
    broker = entry("a", "sample.org", procedures=at("desk@stranger.com"),
                   operator="Sample Group LLC")
    assert list(owners.look_at(by_id(broker, other))) == []
    apart = replace(other, covers=(), related=("unknown",), operator="Somebody Else")
    assert len(list(owners.look_at(by_id(broker, apart)))) == 1


def test_one_site_in_two_entries_is_warned_of_unless_they_belong_together() -> None:
    one, two = entry("a", "sample.org"), entry("b", "people.sample.org")
    [remark] = owners.look_at(by_id(one, two))
    assert remark.broker == "b"
    assert "people.sample.org and sample.org of “a” are one site" in remark.message
    assert list(owners.look_at(by_id(one, replace(two, related=("a",))))) == []
    shared = entry("a", "x.ca.gov"), entry("b", "y.ca.gov")
    assert list(owners.look_at(by_id(*shared))) == []
    hosted = entry("a", "x.github.io"), entry("b", "y.github.io")
    assert list(owners.look_at(by_id(*hosted))) == []


def test_portals_are_known_by_their_site() -> None:
    assert serves_others("onetrust.com")
    assert serves_others("ca.gov")
    assert not serves_others("sample.org")
    assert not serves_others("")


@pytest.mark.parametrize(("domain", "seen"), [
    ("xn--spkeo-kye.com", "spokeo.com"),       # a Cyrillic о
    ("xn--80ak6aa92e.com", "appie.com"),       # Cyrillic throughout
])
def test_foreign_letters_that_look_like_ours_are_warned_of(domain: str, seen: str) -> None:
    [remark] = lookalikes.look_at(by_id(entry("a", domain)))
    assert remark.only_warns
    assert f"can be taken for {seen}" in remark.message


@pytest.mark.parametrize("domain", ["xn--bcher-kva.de", "xn--80asehdb.com", "xn--a.com",
                                    "sample.org"])
def test_honest_letters_are_left_alone(domain: str) -> None:
    assert list(lookalikes.look_at(by_id(entry("a", domain)))) == []


@pytest.mark.parametrize(("real", "false"), [
    ("modern.com", "modem.com"), ("sample.org", "samp1e.org"), ("people.com", "pe0ple.com"),
    ("view.com", "vievv.com"), ("spokeo.com", "xn--spkeo-kye.com"),
])
def test_domains_that_the_eye_confuses_are_warned_of(real: str, false: str) -> None:
    remarks = list(lookalikes.look_at(by_id(entry("a", real), entry("b", false))))
    assert remarks[-1].broker == "b"
    assert f"looks like {real} of “a”" in remarks[-1].message
    together = by_id(entry("a", real), entry("b", false, related=("a",)))
    assert not any("looks like" in one.message for one in lookalikes.look_at(together))


def test_a_mailbox_that_imitates_another_entry_is_found() -> None:
    false = entry("b", "other.org", procedures=at("desk@samp1e.org"))
    [remark] = lookalikes.look_at(by_id(false, entry("a", "sample.org")))
    assert told([remark]) == [("b", ("procedures", 0, "email"))]
    assert skeleton("rnodern") == skeleton("modern") != skeleton("sample")
