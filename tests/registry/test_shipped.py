"""The registry that ships: real, sourced, dated, and safe to act on."""

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from optout.domain.broker import Broker
from optout.domain.words import (
    NEVER_BY_DEFAULT,
    BasisKind,
    BrokerStatus,
    Channel,
    Fact,
    Role,
    Trust,
)
from optout.registry import json_schema, strict_yaml
from optout.registry.check import check_file
from optout.registry.fields import BROKER, HEAD, PROCEDURE, REGULATED_AS
from optout.registry.loading import load_registry
from tests.registry.sample import ROOT, SHIPPED, SMALL

REGISTRY = load_registry(SHIPPED)
ANYONE_HAS = frozenset({
    Fact.FULL_NAME, Fact.CITY_STATE, Fact.POSTAL_CODE, Fact.CURRENT_ADDRESS, Fact.EMAIL,
    Fact.PHONE, Fact.STATE_OF_RESIDENCE, Fact.RECORD_SELECTION, Fact.AGE, Fact.REPLY_EMAIL,
    Fact.REPLY_ADDRESS})
LISTING = frozenset({"people_search", "background_check", "phone_lookup", "court_records",
                     "property_records", "genealogy"})


def each(check: Callable[[Broker], None]) -> Callable[[], None]:
    """One test over every entry, which names all that fail: a test an entry would take minutes."""
    def test() -> None:
        failed = []
        for broker in REGISTRY.all():
            try:
                check(broker)
            except AssertionError as error:
                failed.append(f"{broker.id}: {str(error).partition(chr(10))[0]}")
        assert failed == []

    test.__name__, test.__doc__ = check.__name__, check.__doc__
    return test


def test_the_check_finds_no_error_and_no_warning() -> None:
    result = check_file(SHIPPED)
    assert [str(finding) for finding in (*result.errors, *result.warnings)] == []
    assert result.brokers == len(REGISTRY) >= 80


def test_a_californian_can_ask_at_least_sixty_five_with_everyday_facts() -> None:
    able = [broker for broker in REGISTRY.all()
            if broker.status is BrokerStatus.ACTIVE and broker.country == "US"
            and broker.role is not Role.PLATFORM
            and any(ANYONE_HAS.issuperset(one.needs) for one in broker.procedures)]
    assert len(able) >= 65
    ways = {one.channel for broker in able for one in broker.procedures
            if ANYONE_HAS.issuperset(one.needs)}
    assert {Channel.EMAIL, Channel.WEB_FORM, Channel.POSTAL_MAIL} <= ways


@pytest.mark.parametrize("id_", [
    "california-drop", "lexisnexis-accurint", "lexisnexis-risk-consumer-center", "clearview-ai",
    "venntel", "peopleconnect", "beenverified", "spokeo", "whitepages", "truepeoplesearch",
    "equifax", "experian", "transunion", "innovis", "acxiom", "epsilon", "thomson-reuters-clear",
    "verisk-infutor", "cotality", "schufa", "radaris", "palantir-icm",
])
def test_those_that_matter_most_are_there(id_: str) -> None:
    assert REGISTRY.get(id_).sources


def test_the_platform_covers_by_law_and_not_by_list() -> None:
    drop = REGISTRY.get("california-drop")
    assert drop.role is Role.PLATFORM
    assert drop.covers == ()
    reached = [b for b in REGISTRY.all() if b.registered_with("us-ca", 2026)]
    assert len(reached) >= 60


@each
def test_every_fact_has_a_source_and_a_date(broker: Broker) -> None:
    assert all(source.url.startswith("https://") for source in broker.sources)
    assert all(date(2017, 1, 1) < source.checked <= REGISTRY.checked for source in broker.sources)
    for procedure in broker.procedures:
        assert procedure.basis
        assert procedure.checked
        assert procedure.checked <= REGISTRY.checked


@each
def test_nothing_is_called_verified_that_we_did_not_see(broker: Broker) -> None:
    assert broker.trust is not Trust.VERIFIED
    assert all(cover.basis for cover in broker.covers)


@each
def test_the_gone_are_found_and_never_written_to(broker: Broker) -> None:
    if broker.status is BrokerStatus.DEFUNCT:
        assert broker.procedures == ()
        assert broker.since
        assert broker.cannot
        assert broker.id in {found.id for found, _ in REGISTRY.search(broker.name)}


@each
def test_what_is_never_sent_by_default_is_needed_only_where_the_way_refuses(
    broker: Broker,
) -> None:
    for procedure in broker.procedures:
        if NEVER_BY_DEFAULT.intersection(procedure.needs):
            assert re.search(r"refuse|does not go on|not find|proof|date of birth",
                             procedure.limits)
        if procedure.channel in {Channel.EMAIL, Channel.POSTAL_MAIL}:
            assert Fact.SSN not in procedure.needs


@each
def test_a_location_broker_gets_an_advertising_identifier_and_no_person(broker: Broker) -> None:
    if broker.category == "location":
        for procedure in broker.procedures:
            assert Fact.ADVERTISING_ID in procedure.needs
            assert not {Fact.FULL_NAME, Fact.CURRENT_ADDRESS, Fact.PHONE, Fact.EMAIL}.intersection(
                procedure.needs)
            assert procedure.channel is not Channel.POSTAL_MAIL


@each
def test_an_address_out_of_a_filing_says_that_it_is_no_opt_out_desk(broker: Broker) -> None:
    for procedure in broker.procedures:
        kinds = {basis.kind for basis in procedure.basis}
        if procedure.channel is Channel.POSTAL_MAIL and kinds == {BasisKind.STATE_FILING}:
            assert re.search(r"registered with [A-Z][\w ]+, not a desk for opt-outs",
                             procedure.limits)
            assert procedure.needs_assumed


@each
def test_a_mailbox_out_of_a_filing_says_that_nobody_tried_it(broker: Broker) -> None:
    for procedure in broker.procedures:
        kinds = {basis.kind for basis in procedure.basis}
        if procedure.channel is Channel.EMAIL and kinds == {BasisKind.STATE_FILING}:
            assert "no source says how it answers" in procedure.limits
            assert procedure.needs_assumed


@each
def test_a_site_that_shows_listings_gets_the_address_that_it_shows(broker: Broker) -> None:
    """A newer address or number is what a person who hides would give away."""
    if broker.category in LISTING:
        for procedure in broker.procedures:
            risky = {Fact.CURRENT_ADDRESS, Fact.PHONE}.intersection(procedure.needs)
            if risky and procedure.channel is not Channel.POSTAL_MAIL:
                said = " ".join((procedure.limits, *procedure.steps))
                assert re.search(r"never (a )?newer|never add a newer|lists already|"
                                 r"has already|have already|calls the number", said)


@each
def test_a_location_broker_is_left_when_it_wants_a_name(broker: Broker) -> None:
    if broker.category == "location":
        steps = [step for one in broker.procedures for step in one.steps]
        assert not any("unless it refuses" in step for step in steps)


@each
def test_a_page_that_is_only_a_policy_is_not_called_a_form(broker: Broker) -> None:
    for procedure in broker.procedures:
        if re.search(r"/(privacy|privacy-policy|[a-z]+-privacy-statement)/?$", procedure.url):
            assert any("look for its privacy request" in step for step in procedure.steps)


def test_one_file_that_is_cited_has_one_date() -> None:
    dates: dict[str, set[date]] = {}
    for broker in REGISTRY.all():
        for source in broker.sources:
            dates.setdefault(source.url, set()).add(source.checked)
    assert [url for url, days in dates.items() if len(days) > 1] == []


@each
def test_a_letter_and_a_mail_say_where_the_answer_goes(broker: Broker) -> None:
    for procedure in broker.procedures:
        if procedure.channel is Channel.EMAIL:
            assert Fact.REPLY_EMAIL in procedure.needs
        if procedure.channel is Channel.POSTAL_MAIL:
            assert Fact.REPLY_ADDRESS in procedure.needs
            assert procedure.address
            assert procedure.address.postal_code or procedure.address.country == "IE"


@each
def test_a_form_comes_with_steps(broker: Broker) -> None:
    assert all(procedure.steps for procedure in broker.procedures
               if procedure.channel in {Channel.WEB_FORM, Channel.PLATFORM})


def test_no_entry_uses_a_dead_contact() -> None:
    dead = {contact.value.lower() for broker in REGISTRY.all() for contact in broker.dead_contacts}
    used = {contact.lower() for broker in REGISTRY.all() for one in broker.procedures
            for contact in (one.email, one.url, one.phone) if contact}
    assert dead
    assert dead.isdisjoint(used)


def test_one_site_has_one_entry() -> None:
    domains = [domain for broker in REGISTRY.all() for domain in broker.domains]
    assert len(domains) == len(set(domains))
    names = [broker.name.lower() for broker in REGISTRY.all()]
    assert len(names) == len(set(names))


def test_a_nationwide_bureau_is_marked_as_one() -> None:
    for id_ in ("equifax", "experian", "transunion", "innovis"):
        broker = REGISTRY.get(id_)
        assert broker.role is Role.CONSUMER_REPORTING_AGENCY
        assert "fcra_nationwide" in broker.regulated_as


def test_federal_agencies_are_marked_and_joint_or_state_systems_are_not() -> None:
    marked = {broker.id for broker in REGISTRY.all() if "foia" in broker.regulated_as}
    systems = {broker.id for broker in REGISTRY.all() if broker.role is Role.GOVERNMENT_SYSTEM}
    by_its_own_order = "fbi-identity-history"  # its check has an order of its own, and a fee
    assert systems - marked == {
        "benefits-agency-data-sharing", "financial-transfer-records", "nlets",
        "state-dmv-records-and-photos", by_its_own_order}
    assert marked <= systems
    assert {REGISTRY.get(id_).country for id_ in marked} == {"US"}


def test_the_schema_for_editors_is_that_of_the_code() -> None:
    path = ROOT / json_schema.FILE_NAME
    assert path.read_text(encoding="utf-8") == json_schema.written(), (
        "renew it with: python -m optout.registry.json_schema")


@pytest.mark.parametrize("path", [SHIPPED, SMALL], ids=lambda path: path.name)
def test_the_files_validate_against_the_schema_for_editors(path: Path) -> None:
    data, _ = strict_yaml.load(path)
    schema = json_schema.json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)
    assert [error.message for error in validator.iter_errors(data)] == []


def test_the_schema_for_editors_refuses_what_the_reader_refuses() -> None:
    data, _ = strict_yaml.load(SMALL)
    validator = jsonschema.Draft202012Validator(json_schema.json_schema())
    spoilings: tuple[dict[str, Any], ...] = (
        {"name": 7}, {"role": "pigeon"}, {"trust": "verified"}, {"domains": []},
        {"status": {"since": "2026-01-01"}}, {"recheck_days": "60"}, {"country": "USA"})
    for spoilt in spoilings:
        entry = {**data["brokers"][0], **spoilt}
        assert not validator.is_valid({"brokers": [entry]}), spoilt
    assert validator.is_valid({"brokers": [data["brokers"][0]]})


def test_the_head_of_the_file_explains_every_field() -> None:
    head = SHIPPED.read_text(encoding="utf-8").partition("\nschema: ")[0]
    assert head.startswith("# yaml-language-server: $schema=brokers.schema.json\n")
    for one in (*BROKER.fields, *PROCEDURE.fields, *HEAD):
        assert re.search(rf"^#   .*\b{one.name}\b", head, re.MULTILINE), one.name
    for word in (*Role, *Channel, *BasisKind, *REGULATED_AS):
        assert word in head
    for owner in ("Big-Ass-Data-Broker-Opt-Out-List", "CC BY-NC-SA 4.0", "CC0 1.0",
                  "optery-data-brokers-directory", "datenanfragen/data"):
        assert owner in head


def test_every_repository_that_is_cited_is_named_with_its_licence() -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    head, _, body = text.partition("\nschema: ")
    for repository in set(re.findall(r"github\.com/([^/\s]+/[^/\s,}]+)", body)):
        assert repository in head, repository


def test_the_values_survive_json() -> None:
    assert json.loads(json_schema.written())["properties"]["brokers"]["type"] == "array"
