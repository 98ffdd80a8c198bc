"""The second reading itself: it reads the quirks of the facts as they are meant."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.law.oracle import Facts
from tests.law.oracle_numbers import numbers
from tests.law.oracle_verdict import Asker, Recipient

SAMPLE = Path(__file__).resolve().parents[1] / "samples" / "law" / "facts.yaml"
TODAY, NEW_YEAR = "2026-11-27", "2027-01-01"
AGENCY, EVERY = "consumer_reporting_agency", frozenset({"us-nj-daniels-law",
                                                        "us-federal-judicial-redress"})


def sample_data() -> dict[str, Any]:
    """The stand-in for the facts, parsed afresh."""
    data: dict[str, Any] = yaml.safe_load(SAMPLE.read_text(encoding="utf-8"))
    return data


@cache
def sample() -> Facts:
    return Facts(sample_data())


def firm(role: str = "broker", country: str = "US", *marks: str, drop: bool = False,
         filed: int = 0) -> Recipient:
    return Recipient(role, country, regulated=frozenset(marks), drop=drop,
                     registered=frozenset({("us-ca", filed)} if filed else ()))


CASES: list[tuple[str, str, Asker, Recipient, str, str]] = [
    # California: deletion reaches brokers from 2027 on, and then only with a word on the change
    ("us-ca-ccpa", "delete", Asker("US-CA"), firm(), TODAY,
     "must not: the right covers only data that the person gave them"),
    ("us-ca-ccpa", "delete", Asker("US-CA"), firm(), NEW_YEAR,
     "only with limits ['change', 'fcra', 'glba', 'public', 'size']"),
    ("us-ca-ccpa", "access", Asker("US-CA"), firm(), TODAY,
     "only with limits ['fcra', 'glba', 'public', 'size']"),
    ("us-ca-ccpa", "access", Asker("US-CA"), firm(filed=2026), "2027-01-31",
     "only with limits ['fcra', 'glba', 'public']"),
    ("us-ca-ccpa", "access", Asker("US-CA"), firm(filed=2026), "2027-02-01",
     "only with limits ['fcra', 'glba', 'public', 'size']"),
    ("us-ca-ccpa", "access", Asker("US-NV"), firm(), TODAY,
     "must not: only residents of US-CA may invoke it"),
    ("us-ca-ccpa", "delete", Asker("US-CA"), firm(AGENCY), NEW_YEAR,
     "must not: a report file under the FCRA is corrected, not erased"),
    ("us-ca-ccpa", "access", Asker("US-CA"), firm("processor"), TODAY,
     "must not: it holds data for a customer, who decides"),
    # The platform
    ("us-ca-delete-act", "delete", Asker("US-CA"), firm(filed=2026), TODAY,
     "must not: a request through the state's platform goes there, and no other goes there"),
    ("us-ca-delete-act", "delete", Asker("US-CA"), firm("platform", drop=True), TODAY,
     "only with limits ['fcra', 'glba', 'public']"),
    ("us-ca-ccpa", "access", Asker("US-CA"), firm("platform", drop=True), TODAY,
     "must not: a request through the state's platform goes there, and no other goes there"),
    # Agents
    ("us-va-vcdpa", "opt_out_of_sale", Asker("US-VA"), firm("broker", "US", "hipaa"), TODAY,
     "only with limits ['capacity', 'fcra', 'glba', 'hipaa', 'money', 'public', 'size']"),
    ("us-va-vcdpa", "opt_out_of_sale", Asker("US-VA", "agent", power=True), firm(), TODAY,
     "must not: an agent may not ask for this"),
    ("us-va-vcdpa", "access", Asker("US-VA", "guardian"), firm(), TODAY,
     "only with limits ['capacity', 'fcra', 'glba', 'guardian', 'public', 'size']"),
    ("us-co-cpa", "opt_out_of_sale", Asker("US-CO", "agent"), firm(), TODAY,
     "only with limits ['capacity', 'size']"),
    ("us-co-cpa", "access", Asker("US-CO", "agent"), firm(), TODAY,
     "must not: an agent may not ask for this"),
    ("us-co-cpa", "access", Asker("US-CO", "attorney_in_fact"), firm(), TODAY,
     "only with limits ['capacity', 'power', 'size']"),
    ("us-federal-fcra", "access", Asker("US-VA", "agent", power=True), firm(AGENCY), TODAY,
     "must not: its rule on agents could not be confirmed"),
    # Laws that give a broker's subject nothing, or not yet
    ("us-ut-ucpa", "delete", Asker("US-UT"), firm(), TODAY,
     "must not: the right covers only data that the person gave them"),
    ("us-fl-fdbr", "delete", Asker("US-FL"), firm(), TODAY,
     "must not: it is of no use against a private firm"),
    ("us-ok-ocdpa", "delete", Asker("US-OK"), firm(), "2026-12-31",
     "must not: the law is not in force on that day"),
    ("us-ok-ocdpa", "delete", Asker("US-OK"), firm(), NEW_YEAR,
     "only with limits ['capacity', 'size']"),
    ("us-vt-data-broker", "delete", Asker("US-VT"), firm(), TODAY,
     "must not: the law gives nobody a right to ask for anything"),
    ("us-wv-daniels-law", "suppress_publication", Asker("US-WV", declared=EVERY), firm(), TODAY,
     "must not: a court struck the law down"),
    ("us-nv-603a", "opt_out_of_sale", Asker("US-NV"), firm(AGENCY), TODAY,
     "must not: the law leaves such agencies out as a whole"),
    ("us-nv-603a", "opt_out_of_sale", Asker("US-NV"), firm("broker", "US", "fcra_nationwide"),
     TODAY, "must not: the law leaves such agencies out as a whole"),
    ("us-nv-603a", "opt_out_of_sale", Asker("US-NV"), firm("broker", "US", "fcra"), TODAY,
     "only with limits ['fcra', 'money', 'online']"),
    # Washington
    ("us-wa-mhmda", "delete", Asker("US-WA"), firm(), TODAY,
     "only with limits ['capacity', 'link', 'subject']"),
    ("us-wa-mhmda", "delete", Asker("US-ID"), firm(), TODAY,
     "only with limits ['capacity', 'collected_there', 'link', 'subject']"),
    # Only those who say that they are covered
    ("us-nj-daniels-law", "suppress_publication", Asker("US-NJ"), firm(), TODAY,
     "must not: only for covered_persons, and the person does not say that they are one"),
    ("us-nj-daniels-law", "suppress_publication", Asker("US-NJ", declared=EVERY), firm(), TODAY,
     "may"),
    # Consumer reports
    ("us-federal-fcra", "access", Asker("US-VA"), firm(), TODAY,
     "must not: the firm is no consumer reporting agency"),
    ("us-federal-fcra", "access", Asker("US-VA"), firm("broker", "US", "fcra"), TODAY,
     "only with limits ['agency']"),
    ("us-federal-fcra", "freeze", Asker("US-VA"), firm(AGENCY, "US", "fcra"), TODAY,
     "must not: it binds the nationwide agencies only"),
    ("us-federal-fcra", "freeze", Asker("US-VA"), firm(AGENCY), TODAY,
     "only with limits ['nationwide']"),
    ("us-federal-fcra", "freeze", Asker("US-VA"), firm("broker", "US", "fcra_nationwide"), TODAY,
     "may"),
    ("us-federal-fcra", "block", Asker("US-VA"), firm(AGENCY), TODAY,
     "only with limits ['identity_theft']"),
    ("us-federal-fcra", "delete", Asker("US-VA"), firm(AGENCY), TODAY,
     "must not: it is a ban or a duty, no right to ask"),
    ("us-federal-fcra", "access", Asker("DE"), firm(AGENCY, "DE"), TODAY,
     "must not: neither the person nor the firm is in the United States"),
    # Agencies
    ("us-federal-foia", "access", Asker("JP"), firm("government_system", "US", "foia"), TODAY,
     "may"),
    ("us-federal-foia", "access", Asker("JP"), firm("government_system"), TODAY,
     "only with limits ['federal_agency']"),
    ("us-federal-foia", "access", Asker("JP"), firm(), TODAY,
     "must not: it binds public agencies only"),
    ("us-federal-judicial-redress", "access", Asker("DE", declared=EVERY),
     firm("government_system"), TODAY, "must not: it could not be confirmed"),
    # Europe and beyond
    ("eu-gdpr", "delete", Asker("DE"), firm("broker", "FR"), TODAY, "may"),
    ("eu-gdpr", "delete", Asker("DE"), firm(), TODAY, "only with limits ['link']"),
    ("eu-gdpr", "delete", Asker("US-NY"), firm("broker", "DE"), TODAY, "may"),
    ("eu-gdpr", "delete", Asker("US-NY"), firm(), TODAY,
     "must not: neither the person nor the firm is there"),
    ("gb-uk-gdpr", "delete", Asker("GB"), firm("broker", ""), TODAY, "only with limits ['link']"),
    ("ch-fadp", "access", Asker("CH"), firm("broker", "CH"), TODAY, "may"),
    ("ch-fadp", "access", Asker("CH"), firm(), TODAY, "only with limits ['link']"),
    ("ch-fadp", "access", Asker("DE"), firm("broker", "CH"), TODAY, "only with limits ['link']"),
    ("ch-fadp", "access", Asker("DE"), firm(), TODAY, "must not: no link to CH"),
    ("ch-fadp", "delete", Asker("CH"), firm("broker", "CH"), TODAY,
     "must not: it could not be confirmed"),
    ("ch-fadp", "access", Asker("CH", "agent"), firm(), TODAY,
     "must not: its rule on agents could not be confirmed"),
    ("ca-pipeda", "access", Asker("CA-ON"), firm("broker", "CA"), TODAY, "may"),
    ("ca-pipeda", "access", Asker("CA-QC"), firm(), TODAY,
     "only with limits ['link', 'province']"),
    ("ca-qc-law25", "access", Asker("CA-QC"), firm(), TODAY, "only with limits ['link']"),
    ("ca-qc-law25", "correct", Asker("CA-QC"), firm(), TODAY,
     "must not: it could not be confirmed"),
    ("ca-qc-law25", "access", Asker("CA-ON"), firm("broker", "CA"), TODAY,
     "only with limits ['link']"),
    ("ca-qc-law25", "access", Asker("FR"), firm(), TODAY, "must not: no link to Quebec"),
]


@pytest.mark.parametrize(("law", "right", "asker", "to", "day", "said"), CASES)
def test_it_answers_as_a_careful_reader_would(
    *, law: str, right: str, asker: Asker, to: Recipient, day: str, said: str
) -> None:
    assert str(sample().verdict(law, right, asker, to, day)) == said


def told(law: str, right: str, day: str = TODAY, *marks: str, by_post: bool = False) -> Any:
    return numbers(sample(), law, right, day, by_post=by_post, marks=frozenset(marks))


def test_the_periods_of_drop_shorten_with_the_change_that_is_known() -> None:
    assert told("us-ca-delete-act", "delete").answer == {(45, "calendar_days")}
    for day in (NEW_YEAR, "2028-01-01"):
        assert told("us-ca-delete-act", "delete", day).answer == {(30, "calendar_days")}
    assert told("us-ca-delete-act", "delete").starts == {"pick_up"}


def test_a_number_that_could_not_be_confirmed_is_none() -> None:
    assert told("us-co-cpa", "access").appeal == {None}
    assert told("us-va-vcdpa", "access").appeal == {(60, "calendar_days")}
    assert told("us-nj-daniels-law", "suppress_publication").answer == {None}
    assert told("ca-pipeda", "access").extension == {None}
    assert told("ca-pipeda", "access").answer == {(30, "calendar_days")}


def test_the_numbers_for_reports_depend_on_the_agency_and_on_the_post() -> None:
    fifteen = (15, "calendar_days")
    assert told("us-federal-fcra", "access", TODAY, "fcra").answer == {None}
    assert told("us-federal-fcra", "access", TODAY, "fcra_nationwide").answer == {fifteen, None}
    assert told("us-federal-fcra", "access", TODAY, "fcra_specialty_nationwide").answer == {
        fifteen}
    assert told("us-federal-fcra", "freeze").answer == {(1, "business_days")}
    assert told("us-federal-fcra", "freeze", by_post=True).answer == {(3, "business_days")}
    assert told("us-federal-fcra", "block").starts == {"complete"}
    assert told("us-federal-fcra", "fraud_alert").answer == {None}


def test_what_rests_on_one_unread_text_is_no_more_than_a_maybe() -> None:
    found = sample().verdict("us-nj-daniels-law", "suppress_publication",
                             Asker("US-NJ", declared=EVERY), firm(), TODAY)
    assert found.may
    assert not found.expected


@pytest.mark.parametrize("path", sorted(Path(__file__).parent.glob("oracle*.py")),
                         ids=lambda path: path.stem)
def test_it_shares_no_code_with_the_product(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else (
            [one.name for one in node.names] if isinstance(node, ast.Import) else [])
        for name in names:
            assert name.startswith("tests.law.oracle") or name.split(".")[0] in {
                "__future__", "collections", "dataclasses", "functools", "re", "typing"}, name
