"""A second reading of the researched facts: who may ask what of whom, and by which numbers.

It shares no line with the product: plain mappings in, plain words out. What the facts do not
carry, it refuses. Free text of the facts is read where the facts keep a rule in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from tests.law.oracle_doubt import doubt_of
from tests.law.oracle_places import linked
from tests.law.oracle_verdict import Asker, Recipient, Verdict, no

SERVANTS = {
    "processor": "it holds data for a customer, who decides",
    "tool_vendor": "it sells a tool and keeps no file on people",
    "government_system": "the laws on private firms do not bind a public body",
    "public_record_source": "it is a source of public records",
    "practice": "it is a way of trading, not one firm",
    "program": "it is a protective programme",
}
_EVERYBODY = frozenset({"residents", "residents_or_data_collected_there", "any_consumer",
                        "data_subjects", "individuals"})
_NO_REQUEST = re.compile(r"No entity may|No general right to be erased|Do not use|"
                         r"NOT usable today")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Facts:
    """The researched facts, as parsed. Each part of an answer is worked out once."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.laws: dict[str, Mapping[str, Any]] = {law["id"]: law for law in data["laws"]}
        self.usable = frozenset(data["meta"]["indexes"]["usable_today"])
        self.doubts = {name: doubt_of(law, usable=name in self.usable)
                       for name, law in self.laws.items()}
        self.standing = cache(self._of_the_law)
        self.people = cache(self._people)
        self.recipient = cache(self._recipient)
        self.capacity = cache(self._capacity)
        self.scope = cache(self._scope)
        self.right = cache(self._right)

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Every law with each of its rights."""
        for name, law in self.laws.items():
            for right in law["rights"]:
                yield name, right["right"]

    def verdict(self, law: str, right: str, asker: Asker, to: Recipient, day: str) -> Verdict:
        """Whether this right of this law may be asserted; `day` as `2026-11-27`."""
        parts = [self.standing(law, right, day),
                 self.people(law, asker.residence, to.country,
                             declared=law in asker.declared),
                 self.recipient(law, right, to),
                 self.capacity(law, right, asker.acting_as, power=asker.power)]
        refused = next((part for part in parts if not part.may), None)
        return refused or Verdict(
            may=True, limits=self.scope(law, right, to, day).union(*(p.limits for p in parts)),
            expected=all(part.expected for part in parts))

    def _right(self, law: str, right: str) -> Mapping[str, Any]:
        return next(item for item in self.laws[law]["rights"] if item["right"] == right)

    # Does the right stand at all, on that day, for data that came from elsewhere?

    def _of_the_law(self, law: str, right: str, day: str) -> Verdict:
        fact, doubt = self.laws[law], self.doubts[law]
        why_not = self._never(law, right) or self._not_then(law, day)
        if why_not:
            return no(why_not)
        later = fact["status"] == "enacted_not_yet_effective"
        sure = (law in self.usable or later) and right not in doubt.details
        if self.right(law, right)["reaches_data_obtained_from_third_parties"]:
            return Verdict(may=True, expected=sure)
        since = re.fullmatch(r"no_until_(.*)", fact["deletion_of_third_party_data"]["covered"])
        changed = {change["date"] for change in fact["upcoming_changes"]
                   if change["confidence"] != "low" and change["date"] <= day}
        if right != "delete" or not since or since[1] not in changed:
            return no("the right covers only data that the person gave them")
        return Verdict(may=True, expected=sure,
                       limits=frozenset({"change"} if doubt.change else ()))

    def _never(self, law: str, right: str) -> str:
        fact = self.laws[law]
        group = fact["who_may_invoke"]["class"]
        if fact["confidence"] == "low" or right in self.doubts[law].rights:
            return "it could not be confirmed"
        if group == "none" or fact["kind"] in {"technology_duty", "pointer"}:
            return "the law gives nobody a right to ask for anything"
        if _NO_REQUEST.search(self.right(law, right).get("note") or ""):
            return "it is a ban or a duty, no right to ask"
        standing = fact["status"] in {"in_force", "partly_in_force"}
        if group in _EVERYBODY and fact["kind"] != "records_access" and standing and (
                law not in self.usable):
            return "it is of no use against a private firm"
        return ""

    def _not_then(self, law: str, day: str) -> str:
        fact = self.laws[law]
        if fact["status"] == "struck_down_in_federal_court":
            return "a court struck the law down"
        effective = fact["effective_date"]
        return "" if _DAY.fullmatch(effective) and effective <= day else (
            "the law is not in force on that day")

    # May this person invoke it?

    def _people(self, law: str, residence: str, firm: str, *, declared: bool) -> Verdict:
        fact = self.laws[law]
        group, home = fact["who_may_invoke"]["class"], fact["jurisdiction"]
        if group == "residents":
            return Verdict(may=True, expected=True) if residence == home else no(
                f"only residents of {home} may invoke it")
        if group == "residents_or_data_collected_there":
            here = residence == home
            return Verdict(may=True, expected=here,
                           limits=frozenset() if here else frozenset({"collected_there"}))
        if group in {"data_subjects", "individuals"}:
            return linked(law, residence, firm)
        if group == "any_consumer":
            american = residence.startswith("US-")
            at_home = firm in {"US", ""}
            return Verdict(may=True, expected=american and at_home) if american or at_home else no(
                "neither the person nor the firm is in the United States")
        if group == "any_person":
            return Verdict(may=True, expected=True)
        return Verdict(may=True) if declared else no(
            f"only for {group}, and the person does not say that they are one")

    # Is the recipient one whom the law binds?

    def _recipient(self, law: str, right: str, to: Recipient) -> Verdict:
        fact = self.laws[law]
        applies = fact.get("applies_to") or {}
        if "platform" in applies or to.role == "platform":
            return Verdict(may=True, expected=True) if "platform" in applies and to.drop else no(
                "a request through the state's platform goes there, and no other goes there")
        if fact["kind"] == "records_access":
            known = "foia" in to.regulated
            return Verdict(may=True, limits=frozenset(() if known else {"federal_agency"})) if (
                to.role == "government_system") else no("it binds public agencies only")
        if to.role in SERVANTS:
            return no(SERVANTS[to.role])
        if applies.get("thresholds", "").startswith("Consumer reporting agencies"):
            return self._agency(law, right, to)
        if _is_agency(to) and any(text.startswith("FCRA agencies") for text in fact["exemptions"]):
            return no("the law leaves such agencies out as a whole")
        erased = to.role == "consumer_reporting_agency" and right == "delete" and (
            "FCRA" in str(fact["exemptions"]))
        return no("a report file under the FCRA is corrected, not erased") if erased else (
            Verdict(may=True, expected=True))

    def _agency(self, law: str, right: str, to: Recipient) -> Verdict:
        marks = {mark for mark in to.regulated if mark.startswith("fcra")}
        agency = _is_agency(to)
        if not agency and not marks:
            return no("the firm is no consumer reporting agency")
        limits = set() if agency else {"agency"}
        if "Binds the nationwide agencies only" in (self.right(law, right).get("note") or ""):
            if marks and "fcra_nationwide" not in marks:
                return no("it binds the nationwide agencies only")
            limits |= set() if marks else {"nationwide"}
        return Verdict(may=True, limits=frozenset(limits), expected=bool(marks))

    # May this capacity assert it?

    def _capacity(self, law: str, right: str, acting_as: str, *, power: bool) -> Verdict:
        rule = self.laws[law]["agent"]
        if acting_as == "self":
            return Verdict(may=True, expected=True)
        if acting_as == "guardian":
            return Verdict(may=True, limits=frozenset({"guardian"}))
        if self.doubts[law].agent:
            return no("its rule on agents could not be confirmed")
        if right in rule["rights"]:
            return Verdict(may=True, expected=True)
        if rule["allowed"] == "opt_out_only" and (
                power or acting_as == "attorney_in_fact"):
            return Verdict(may=True, limits=frozenset({"power"}))
        return no("an agent may not ask for this")

    # What cannot be known from here, and must be said

    def _scope(self, law: str, right: str, to: Recipient, day: str) -> frozenset[str]:
        return frozenset(() if to.role == "government_system" else (
            *self._measure(law, right, to, day), *self._exempt(law, to)))

    def _measure(self, law: str, right: str, to: Recipient, day: str) -> Iterator[str]:
        fact = self.laws[law]
        thresholds = (fact.get("applies_to") or {}).get("thresholds", "").lower()
        unsized = "no size threshold" in thresholds
        stated = law == "us-ca-ccpa" and _filed(to, day)
        if re.search(r"\d[\d,]*\+|revenue|small business", thresholds) and not (
                unsized or stated):
            yield "size"
        if unsized and re.search(r"do(es|ing)? business in", thresholds):
            yield "link"
        if right == "opt_out_of_sale" and re.search(
                r"sale\W+(means )?(is )?for money", thresholds):
            yield "money"
        if fact["kind"] == "sectoral":
            yield "subject"
        if "Identity theft only" in (self.right(law, right).get("note") or ""):
            yield "identity_theft"

    def _exempt(self, law: str, to: Recipient) -> Iterator[str]:
        fact = self.laws[law]
        said = " ".join(text for text in fact["exemptions"] if not text.startswith("No "))
        excludes = fact["who_may_invoke"]["excludes"]
        if re.search(r"publicly available|information public by law", said, re.IGNORECASE):
            yield "public"
        if fact["kind"] != "federal":
            yield from (name.lower() for name in ("FCRA", "GLBA") if name in said)
        if "hipaa" in to.regulated and "HIPAA" in said:
            yield "hipaa"
        if re.search(r"commercial|employment", excludes, re.IGNORECASE):
            yield "capacity"
        if "operator's website" in excludes:
            yield "online"


def _is_agency(to: Recipient) -> bool:
    return to.role == "consumer_reporting_agency" or any(
        mark.startswith("fcra_") for mark in to.regulated)


def _filed(to: Recipient, day: str) -> bool:
    # Brokers file with California every year by 31 January; until then the last filing stands.
    year = int(day[:4])
    return ("us-ca", year) in to.registered or (
        day[5:] <= "01-31" and ("us-ca", year - 1) in to.registered)
