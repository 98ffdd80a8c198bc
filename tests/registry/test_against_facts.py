"""The shipped registry held against the researched facts: nothing lost, nothing twice."""

from __future__ import annotations

import csv
import os
import random
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from optout.domain.broker import Broker
from optout.domain.words import BasisKind, BrokerStatus, Channel, Role
from optout.registry.loading import load_registry
from optout.registry.sites import site_of
from optout.services.desk import Library
from optout.services.registry_import import import_file
from optout.settings import Settings
from tests.registry.sample import SHIPPED

FACTS = Path(__file__).resolve().parents[2].parent / "shared" / "facts"
pytestmark = pytest.mark.skipif(
    not FACTS.exists() and not os.environ.get("CI"),
    reason="the researched facts are not beside this checkout")

REGISTRY = load_registry(SHIPPED)
_FORMS = re.compile(r"\b(inc|llc|ltd|limited|corp|corporation|company|co|lp|llp|gmbh|ag|plc|sa|bv"
                    r"|the)\b")


def plain(name: str) -> str:
    """A name without legal forms, accents of writing and blanks."""
    return re.sub(r"[\W_]+", "", _FORMS.sub("", re.sub(r"[.,]", "", name.casefold())))


@cache
def by_site() -> dict[str, Broker]:
    return {site_of(domain): broker for broker in REGISTRY.all() for domain in broker.domains}


@cache
def by_name() -> dict[str, Broker]:
    return {plain(name): broker for broker in REGISTRY.all()
            for name in (broker.id, broker.name, broker.operator, *broker.aliases) if name}


def table(name: str) -> list[dict[str, str]]:
    with (FACTS / "registries" / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@cache
def facts(name: str) -> Any:
    """A facts file; YAML aliases in it are its compiler's, so it is read without our strictness."""
    import yaml

    return yaml.load((FACTS / name).read_bytes(), Loader=yaml.CSafeLoader)


FILED_UNDER = {"lexisnexis-risk-solutions-fl": "lexisnexis-accurint", "relx": "lexisnexis-accurint"}
"""One site serves two entries of LexisNexis: what it files belongs to the one that sells."""


def entry_of(row: dict[str, str]) -> Broker | None:
    """The entry of a merged filing: by its site, then by any of its names."""
    if row["id"] in FILED_UNDER:
        return REGISTRY.get(FILED_UNDER[row["id"]])
    found = by_site().get(site_of(row["website_domain"])) if row["website_domain"] else None
    names = [row["id"], row["name"], *row["aliases"].split(";")]
    return found or next((by_name()[plain(n)] for n in names if plain(n) in by_name()), None)


APART = frozenset({"ziff-davis"})
"""Rows that join filings of two entries of ours; each filing tells whose answers these are."""


def current() -> Iterator[tuple[dict[str, str], Broker]]:
    for row in table("merged.csv"):
        entry = entry_of(row)
        if row["currently_registered"] and entry is not None and row["id"] not in APART:
            yield row, entry


def test_every_broker_that_a_state_has_on_record_now_is_there() -> None:
    rows = [row for row in table("merged.csv") if row["currently_registered"]]
    assert len(rows) == 684
    assert [row["id"] for row in rows if entry_of(row) is None] == []
    for row, entry in current():
        for state in row["currently_registered"].split(";"):
            assert any(one.registry == f"us-{state.lower()}" and one.year >= 2025
                       for one in entry.registered_in), (row["id"], state)


def test_every_people_search_site_is_there_and_the_gone_are_gone() -> None:
    for fact in facts("people-search.yaml")["brokers"]:
        entry = REGISTRY.brokers.get(fact["id"]) or next(
            (by_site()[site_of(d)] for d in fact["domains"] if site_of(d) in by_site()), None)
        assert entry is not None, fact["id"]
        if fact["status"] == "defunct":
            assert entry.status is BrokerStatus.DEFUNCT, fact["id"]
            assert not entry.procedures


def test_no_mailbox_that_is_dead_or_one_persons_own_is_ever_written_to() -> None:
    dead = {contact["value"].casefold() for fact in facts("people-search.yaml")["brokers"]
            for contact in fact.get("dead_contacts") or []}
    private = {row["email"].casefold() for row in table("merged.csv")
               if row["email_kind"] in {"person_or_other", "backoffice"}}
    used = {procedure.email: broker.id for broker in REGISTRY.all()
            for procedure in broker.procedures if procedure.email}
    assert {used[mail]: mail for mail in used if mail in dead} == {}
    filed_only = {procedure.email: broker.id for broker in REGISTRY.all()
                  for procedure in broker.procedures if procedure.email
                  and {basis.kind for basis in procedure.basis} == {BasisKind.STATE_FILING}}
    assert {filed_only[mail]: mail for mail in filed_only if mail in private} == {}


def test_every_system_of_surveillance_is_there_and_says_what_helps() -> None:
    for fact in facts("surveillance.yaml")["entries"]:
        names = [fact["id"], fact["name"], re.sub(r"\s*\(.*", "", fact["name"]), fact["operator"],
                 *fact.get("seed_terms", ())]
        entry = next((by_name()[plain(n)] for n in names if plain(n) in by_name()), None)
        assert entry is not None, fact["id"]
        if fact["no_consumer_route"] and entry.id == fact["id"]:
            assert entry.cannot, fact["id"]
        if entry.role is Role.GOVERNMENT_SYSTEM:
            assert entry.cautions, fact["id"]


def test_every_european_company_is_there() -> None:
    missing = [row["slug"] for row in table("eu-companies.csv")
               if row["slug"] not in REGISTRY.brokers and plain(row["name"]) not in by_name()
               and site_of(row["web"] or "-") not in by_site()]
    assert missing == []


def test_what_they_told_california_is_what_they_told() -> None:
    flags = {"sold_foreign_actor": "sold_foreign_actor", "sold_law_enforcement":
             "sold_law_enforcement", "sold_federal_government": "sold_federal_government",
             "sold_genai_developer": "sold_genai_developer"}
    yes: dict[tuple[str, str], bool] = {}
    for row, entry in current():
        for column, flag in flags.items():
            if row[column]:
                key = (entry.id, flag)
                yes[key] = yes.get(key, False) or row[column] == "yes"
    assert {key for key, told in yes.items()
            if REGISTRY.get(key[0]).reported.get(key[1]) is not told} == set()
    assert sum(told for (_, flag), told in yes.items() if flag == "sold_law_enforcement") >= 25


def test_fifty_entries_taken_at_random_say_what_the_filing_says() -> None:
    rows = [(row, entry) for row, entry in current()
            if entry.category == "registered_broker" and row["zip"]]
    for row, entry in random.Random(3).sample(rows, 50):  # noqa: S311 -- the same fifty each time
        assert site_of(row["website_domain"]) in {site_of(d) for d in entry.domains}
        for procedure in entry.procedures:
            if procedure.channel is Channel.POSTAL_MAIL:
                assert procedure.address
                assert procedure.address.postal_code[:5] == row["zip"][:5]
                assert procedure.address.city.casefold() == row["city"].casefold()
            if procedure.channel is Channel.EMAIL:
                assert procedure.email in f"{row['email']}; {row['alt_emails']}".casefold()
            if procedure.channel is Channel.WEB_FORM:
                assert procedure.url in f"{row['delete_url']}; {row['alt_urls']}"
        told = entry.deletion_requests
        if told is not None:
            assert str(told.received) == row["ca_metrics_delete_received"]
            assert str(told.median_days) in {row["ca_metrics_delete_median_days"], "None"}


def test_one_company_is_one_entry() -> None:
    owners: dict[str, list[str]] = {}
    for broker in REGISTRY.all():
        for domain in {site_of(d) for d in broker.domains}:
            owners.setdefault(domain, []).append(broker.id)
    assert {site: ids for site, ids in owners.items() if len(ids) > 1} == {
        "lexisnexis.com": ["lexisnexis-accurint", "lexisnexis-risk-consumer-center"]}


def test_the_size_is_what_the_facts_support() -> None:
    stats = REGISTRY.stats()
    assert 1250 <= stats["brokers"] <= 1550
    assert stats["verified"] == 0
    assert set(stats["registered_in"]) == {"us-ca", "us-or", "us-tx", "us-vt"}


@pytest.mark.parametrize(("registry", "file"), [
    ("us-ca", "ca-2026.csv"), ("us-or", "or-2026-06.csv"), ("us-or", "or-2026-10.csv")])
def test_the_official_file_itself_adds_nothing_and_changes_nothing(
    registry: str, file: str, tmp_path: Path,
) -> None:
    """The filings reached the registry through a merged table; the state's own file agrees."""
    library = Library(Settings(instance=tmp_path))
    read = import_file(library, registry, FACTS / "registries" / file, day=date(2026, 11, 26),
                       dry_run=True).as_dict()
    assert (read["new"], read["changed"], read["rejected"]) == (0, 0, [])
    assert read["matched"] > 300
