"""The researched facts, turned into the product's schema: a second reading, for tests only."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from optout.registry import strict_yaml

FACTS = Path(__file__).resolve().parents[2].parent / "shared" / "facts" / "laws.yaml"

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_AS_THEY_READ = (
    "id", "name", "short_name", "citation", "jurisdiction", "kind", "status", "who_may_invoke",
    "identity_verification", "deletion_of_third_party_data", "sources", "confidence",
    "confidence_notes", "checked", "free_requests", "effective_date_note")


def read_facts() -> list[dict[str, Any]]:
    """Every law of the facts file, as parsed."""
    data, _ = strict_yaml.load(FACTS, name="facts")
    assert isinstance(data, dict)
    laws = data["laws"]
    assert isinstance(laws, list)
    return laws


def as_product(facts: list[dict[str, Any]]) -> dict[str, Any]:
    """The facts as a file of the product's schema."""
    return {"schema": 1, "checked": "2026-11-23", "laws": [_law(fact) for fact in facts]}


def _law(fact: dict[str, Any]) -> dict[str, Any]:
    law = {key: fact[key] for key in _AS_THEY_READ if key in fact}
    if _DAY.fullmatch(fact["effective_date"]):
        law["effective_date"] = fact["effective_date"]
    return {
        **law,
        "recipients": _recipients(fact),
        "applies_to": {"thresholds": fact.get("applies_to", {}).get("thresholds", "")},
        "rights": {right.pop("right"): right for right in map(dict, fact["rights"])},
        "changes": [{"on": item["date"], "change": item["change"],
                     "confidence": item["confidence"]} for item in fact["upcoming_changes"]],
        "appeal": _renamed(fact["appeal"], business_must_answer="answer_within"),
        "agent": {**_renamed(fact["agent"], proof_business_may_demand="proof"),
                  "power_of_attorney": fact["agent"]["allowed"] in {"all_rights", "opt_out_only"}},
        "exemptions": [{"text": text} for text in fact["exemptions"]],
        "private_right_of_action": {
            "exists": {True: "yes", False: "no"}.get(fact["private_right_of_action"]["exists"],
                                                     fact["private_right_of_action"]["exists"]),
            "text": fact["private_right_of_action"]["text"]},
        "enforcement": [_authority(item) for item in fact["enforcement"]],
        "counting": {"text": fact["business_day_rule"]},
        "notes": fact["implementer_notes"],
        "low_confidence_fields": [re.split(r"[ (:]", field)[0]
                                  for field in fact["low_confidence_fields"]],
    }


def _recipients(fact: dict[str, Any]) -> str:
    starts = " ".join(str((right["deadline"] or {}).get("starts")) for right in fact["rights"])
    if fact["who_may_invoke"]["class"] == "none" or fact["kind"] == "technology_duty":
        return "nobody"
    if fact["kind"] == "records_access" or (
            fact["who_may_invoke"]["class"] == "enrolled_participants"):
        return "government"
    if fact["id"] == "us-federal-fcra":
        return "consumer_reporting_agencies"
    return "platform" if "DROP" in starts or "mechanism" in starts else "businesses"


def _renamed(fact: dict[str, Any], **names: str) -> dict[str, Any]:
    return {names.get(key, key): value for key, value in fact.items()}


def _authority(fact: dict[str, Any]) -> dict[str, Any]:
    postal = fact["postal"]
    rest = {key: value for key, value in fact.items() if key != "postal"}
    return {**rest, "postal": postal["lines"], "postal_status": postal["status"],
            "address_source": postal["address_source"]}
