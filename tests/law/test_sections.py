"""What a letter cites besides the right: only what is certain, and only where it fits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import msgspec
import pytest

from optout.domain.footing import Footing
from optout.domain.words import PeriodUnit, Right
from optout.law.model import Law
from optout.law.parts import Appeal, Covered, Period, Refusal, VerificationRule
from optout.law.sections import covers_public_data, doubts_section, with_sections
from optout.law.words import ClockStart, Recipients
from tests.planning.builders import laws

VIRGINIA = replace(
    laws().law("us-va-vcdpa", date(2026, 11, 27)), low_confidence_fields=(),
    refusal=Refusal("Sec. 3"),
    appeal=Appeal(available=True, then_complain_to="no one", section="Sec. 4"),
    third_party_deletion=Covered("yes", suppression_section="Sec. 5"))


def cited(law: Law = VIRGINIA, right: Right = Right.DELETE, **changes: Any) -> Footing:
    return with_sections(Footing(law.id, right), law, replace(law.rights[right], **changes))


def test_a_deletion_cites_what_stands_behind_each_sentence() -> None:
    footing = cited()
    assert (footing.refusal_section, footing.appeal_section, footing.suppression_section) == (
        "Sec. 3", "Sec. 4", "Sec. 5")
    assert footing.clock_starts == "receipt"


def test_only_a_deletion_needs_a_list_of_those_who_stay_out() -> None:
    assert cited(right=Right.OPT_OUT_OF_SALE).suppression_section == ""


@pytest.mark.parametrize(("low", "field"), [
    ("refusal", "refusal_section"), ("appeal", "appeal_section"),
    ("appeal.section", "appeal_section"), ("deletion_of_third_party_data", "suppression_section"),
    ("deletion_of_third_party_data.suppression_option", "suppression_section"),
    ("deletion_of_third_party_data.suppression_section", "suppression_section"),
    ("all", "refusal_section")])
def test_what_is_not_certain_is_not_cited(low: str, field: str) -> None:
    assert getattr(cited(), field)
    assert getattr(cited(replace(VIRGINIA, low_confidence_fields=(low,))), field) == ""


def test_an_appeal_of_uncertain_length_is_an_appeal() -> None:
    assert cited(replace(VIRGINIA, low_confidence_fields=("appeal.answer_within",))).appeal_section


def test_no_appeal_is_named_where_there_is_none_to_the_recipient() -> None:
    assert cited(replace(VIRGINIA, appeal=replace(VIRGINIA.appeal, available=False))
                 ).appeal_section == ""
    agency = replace(VIRGINIA, recipients=Recipients.CONSUMER_REPORTING_AGENCIES)
    assert cited(agency).appeal_section == ""
    assert cited(deadline=None).appeal_section == ""


def test_a_law_that_says_nothing_on_refusals_is_not_cited_for_them() -> None:
    assert cited(replace(VIRGINIA, refusal=None)).refusal_section == ""


def test_only_an_opt_out_needs_no_proof_and_only_where_the_law_says_so() -> None:
    free = replace(VIRGINIA, verification=VerificationRule("x", False, "Sec. 6"))  # noqa: FBT003 - positional field
    assert cited(free, Right.OPT_OUT_OF_SALE).no_proof_section == "Sec. 6"
    assert cited(free, Right.DELETE).no_proof_section == ""
    for law in (
        replace(free, verification=VerificationRule("x", True, "Sec. 6")),  # noqa: FBT003 - positional field
        replace(free, verification=VerificationRule("x", None, "Sec. 6")),
        replace(free, low_confidence_fields=("identity_verification",)),
        replace(free, low_confidence_fields=("identity_verification.opt_out_section",)),
    ):
        assert cited(law, Right.OPT_OUT_OF_SALE).no_proof_section == ""


def test_a_footing_stored_before_these_sections_still_loads() -> None:
    old = b'[{"law":"us-va-vcdpa","right":"delete","law_name":"Any Act","citation":"Sec. 1"}]'
    (footing,) = msgspec.json.decode(old, type=tuple[Footing, ...])
    assert footing == Footing("us-va-vcdpa", Right.DELETE, "Any Act", "Sec. 1")
    again = msgspec.json.decode(msgspec.json.encode((cited(),)), type=tuple[Footing, ...])
    assert again == (cited(),)


def test_the_clock_says_what_it_runs_from() -> None:
    period = Period(30, PeriodUnit.CALENDAR_DAYS, starts_at=ClockStart.VERIFICATION)
    assert cited(deadline=period).clock_starts == "verification"
    assert cited(deadline=None).clock_starts == "receipt"


@pytest.mark.parametrize(("law", "right", "section"), [
    ("eu-gdpr", Right.ACCESS, "GDPR Art. 12(6)"),
    ("gb-uk-gdpr", Right.DELETE, "UK GDPR Arts. 12(6), 12A"),
    ("gb-uk-gdpr", Right.COMPLAIN_TO_CONTROLLER, ""),
    ("us-ca-ccpa", Right.OPT_OUT_OF_SALE, ""), ("us-federal-fcra", Right.ACCESS, "")])
def test_doubts_about_who_asks_are_a_matter_of_few_laws(
    law: str, right: Right, section: str
) -> None:
    assert doubts_section(laws().law(law, date(2026, 11, 27)), right) == section


@pytest.mark.parametrize("low", [
    "identity_verification", "identity_verification.opt_out_section"])
def test_a_doubted_rule_on_doubts_is_not_cited(low: str) -> None:
    gdpr = laws().law("eu-gdpr", date(2026, 11, 27))
    assert doubts_section(replace(gdpr, low_confidence_fields=(low,)), Right.ACCESS) == ""


def test_only_a_law_that_says_so_covers_public_data() -> None:
    day = date(2026, 11, 27)
    gdpr = laws().law("eu-gdpr", day)
    assert covers_public_data(gdpr)
    assert not covers_public_data(replace(gdpr, low_confidence_fields=("exemptions",)))
    assert not covers_public_data(laws().law("us-ca-ccpa", day))
