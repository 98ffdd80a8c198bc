"""Which contacts become ways out, and which entry a filing belongs to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from optout.registry.official.changes import compare
from optout.registry.official.contacts import asking_page, is_desk, own_sites
from optout.registry.official.filing import Filing
from optout.registry.official.joining import join
from tests.registry.official.states import (
    EMPTY,
    after,
    against,
    as_csv,
    broker,
    read,
    read_sample,
    registry_of,
)


@pytest.mark.parametrize("mailbox", [
    "privacy@a.com", "opt-out@a.com", "optout@a.com", "data.privacy@a.com", "dpo@a.com",
    "privacy.compliance@a.com", "us_privacy_office@a.com", "support@a.com", "info@a.com",
    "consumerinquiries@a.com", "donotsell@a.com", "privacy1@a.com", "customercare@a.com",
    "membersupport@a.com", "legal@a.com", "cs@a.com", "data@a.com", "ccpa-requests@a.com"])
def test_a_desk(mailbox: str) -> None:
    assert is_desk(mailbox)


@pytest.mark.parametrize("mailbox", [
    "jane@a.com", "jane.sample@a.com", "jsample@a.com", "dominicsmith@a.com", "mccarey@a.com",
    "nicole.optiz@a.com", "privacy@gmail.com", "info@mail.yahoo.com", "billing@a.com",
    "accounting@a.com", "sales@a.com", "security@a.com", "hr@a.com", "itops@a.com",
    "licensing.privacy@a.com", "tom.legalman@a.com", "v.gillani1@icloud.com", "x@a.com", "@a.com"])
def test_no_desk(mailbox: str) -> None:
    assert not is_desk(mailbox)


def test_the_page_that_looks_most_like_asking() -> None:
    assert asking_page(["https://a.com/", "https://a.com/privacy", "https://a.com/opt-out"]) == (
        "https://a.com/opt-out")
    assert asking_page(["https://a.com/", "https://a.com/privacy"]) == "https://a.com/privacy"
    assert asking_page(["https://privacy.a.com"]) == "https://privacy.a.com"
    assert asking_page(["https://a.com", "https://www.a.com/"]) == ""


def test_sites_that_many_share_are_nobodys_own() -> None:
    assert own_sites(["https://www.a.com/x", "a.com", "https://docs.google.com/f", "nothing"]) == (
        "a.com",)


def filing(name: str, *websites: str, id_: str = "", registry: str = "us-tx",
           row: int = 2) -> Filing:
    return Filing(row, registry, 2026, name, id=id_, websites=websites)


def test_number_before_site_before_name() -> None:
    by_id = broker(id="by-id", name="Other", registered_in=[
        {"registry": "us-tx", "year": 2025, "id": "2025001"}])
    by_site = broker(id="by-site", name="Elsewhere", domains=["sample.com"])
    by_name = broker(id="by-name", name="The Sample Company, LLC", domains=["old.com"])

    def found(*filings: Filing) -> list[str]:
        return [group.broker.id if group.broker else "new"
                for group in join(filings, [by_id, by_site, by_name])]

    assert found(filing("Sample Co", "https://sample.com", id_="2025001")) == ["by-id"]
    assert found(filing("Sample Co", "https://sample.com", id_="2026009")) == ["by-site"]
    assert found(filing("Sample Co", "https://new.com")) == ["by-name"]
    assert found(filing("Another", "https://new.com")) == ["new"]
    assert found(filing("Sample", id_="2025001", registry="us-or")) == ["by-name"]


def test_a_site_of_several_entries_leads_to_the_one_of_the_name_or_that_filed_before() -> None:
    one = broker(id="one", name="One", domains=["sample.com"])
    two = broker(id="two", name="Two", domains=["sample.com"], aliases=["Twofold Ltd"],
                 registered_in=[{"registry": "us-tx", "year": 2025}])
    assert [group.broker and group.broker.id for group in join(
        [filing("One Inc", "sample.com"), filing("Twofold", "sample.com"),
         filing("Three", "sample.com")], [one, two])] == ["one", "two"]
    groups = join([filing("Three", "sample.com")], [one, two])
    assert groups[0].broker is two
    assert join([filing("Three", "sample.com", registry="us-or")], [one, two])[0].broker is one


def test_a_platform_is_no_company() -> None:
    platform = broker(id="drop", name="Drop", role="platform", domains=["sample.com"])
    assert join([filing("Sample", "sample.com")], [platform])[0].broker is None


def test_ids_are_of_the_name_then_of_the_site_then_numbered() -> None:
    head = ["Data Broker Name", "Website URL", "Physical Address", "Date Added"]
    registry = registry_of(broker(id="sample", domains=["taken.com"]),
                           broker(id="sample-a-com", name="X"))
    outcome = against(read("us-ca", as_csv(
        head, ["Sample", "a.com", "", "1/1/2022"], ["Sample GmbH & Söhne", "b.com", "",
                                                    "1/1/2022"],
        ["数据", "shuju.com", "", "1/1/2022"], ["数据库", "", "", "1/1/2022"],
        ["SAMPLE Ltd", "c.com", "", "1/1/2022"])), registry)
    assert [change.id for change in outcome.new] == [
        "sample-2", "sample-gmbh-and-sohne", "shuju-com", "broker"]


def test_two_companies_of_one_name_and_two_sites_are_taken_for_one() -> None:
    """As the registry's own compilation did; a person can part them by a correction."""
    head = ["Data Broker Name", "Website URL", "Physical Address", "Date Added"]
    outcome = against(read("us-ca", as_csv(
        head, ["Sample", "a.com", "", "1/1/2022"], ["Sample Ltd", "b.com", "", "1/1/2022"])))
    assert [change.fields["domains"] for change in outcome.new] == [["a.com", "b.com"]]


def test_an_entry_that_could_not_be_read_again_is_a_reject() -> None:
    head = ["Data Broker Name", "Website URL", "Physical Address", "Date Added"]
    reading = read("us-ca", as_csv(head, ["Sample", "", "", "1/1/2022"]))
    assert len(against(reading).new) == 1
    broken = replace(reading, filings=(Filing(2, "us-ca", 2022, "x" * 200),))
    outcome = against(broken)
    assert outcome.new == ()
    assert outcome.rejected[0].row == 2
    assert outcome.rejected[0].reason.startswith("it makes no entry: name: has 200 characters")


def test_a_no_that_took_a_yes_back_takes_the_flag_out() -> None:
    known = broker(id="fictional", name="Fictional Data", reported={"collects_minors": True},
                   domains=["fictionaldata.com"], regulated_as=["fcra_nationwide"])
    outcome = against(read_sample("us-ca", "ca-2025.csv"), registry_of(known))
    changed = next(change for change in outcome.changed if change.id == "fictional")
    assert changed.fields["reported"] is None
    assert "regulated_as" not in changed.fields
    outcome = against(read_sample("us-ca", "ca-2026.csv"), registry_of(known))
    assert outcome.changed[0].fields["regulated_as"] == ["fcra_nationwide", "glba"]


def test_who_stands_under_anothers_filing_is_not_gone() -> None:
    before = [{"registry": "us-ca", "year": 2025}]
    registry = registry_of(
        broker(id="a", name="Gone Lists", registered_in=before),
        broker(id="b", name="Lost Zero Lists", domains=["other.com"], registered_in=before),
        broker(id="c", name="Overseas Sites", domains=["fictionaldata.com"],
               registered_in=before),
        broker(id="d", name="Second Site", domains=["fictionaldata.com"], registered_in=before),
        broker(id="e", name="Fictional Mail", registered_in=before),
        broker(id="f", name="Known Already",
               registered_in=[*before, {"registry": "us-ca", "year": 2026}]),
        broker(id="g", name="Another State", registered_in=[{"registry": "us-vt", "year": 2025}]))
    outcome = against(read_sample("us-ca", "ca-2026.csv"), registry)
    assert [gone.id for gone in outcome.gone] == ["a"]
    assert after(outcome, registry).get("a").registered_with("us-ca", 2025)


@pytest.mark.parametrize(("registry", "name", "day", "standing"), [
    ("us-ca", "ca-2026.csv", date(2026, 11, 23), "active"),
    ("us-ca", "ca-2026.csv", date(2027, 4, 30), "active"),
    ("us-ca", "ca-2026.csv", date(2027, 5, 1), "unclear"),
    ("us-ca", "ca-2025.csv", date(2026, 11, 23), "unclear"),
    ("us-tx", "tx.csv", date(2027, 12, 31), "active"),
    ("us-tx", "tx.csv", date(2028, 5, 1), "unclear")])
def test_only_a_registration_that_reaches_into_this_year_shows_a_broker_alive(
        registry: str, name: str, day: date, standing: str) -> None:
    outcome = compare(read_sample(registry, name), EMPTY, day)
    assert {change.fields["status"]["is"] for change in outcome.new} == {standing}
