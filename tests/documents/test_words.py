"""What letters say: what the law gives, where, in which time, and within which limits."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from optout.documents.eml import letter_text
from optout.documents.order import LetterOrder
from optout.documents.words import compose_form_sheet, compose_letter
from optout.domain.footing import VOLUNTARY, Footing, Limit
from optout.domain.words import ActingAs, Fact, PeriodUnit, Right
from tests.conftest import SAMPLES, Snapshot
from tests.documents.as_text import CALIFORNIA, as_text, sheet_as_text
from tests.documents.orders import BUSINESS, FORMS, ORDERS, PUBLIC, changed, days
from tests.documents.speaking import SPOKEN, SPOKEN_FORMS


@pytest.mark.parametrize("name", ORDERS)
def test_a_letter_reads_as_its_snapshot(name: str, snapshot: Snapshot) -> None:
    snapshot(f"{name}.txt", as_text(compose_letter(ORDERS[name])))


@pytest.mark.parametrize("name", FORMS)
def test_a_form_sheet_reads_as_its_snapshot(name: str, snapshot: Snapshot) -> None:
    snapshot(f"form-{name}.txt", sheet_as_text(compose_form_sheet(FORMS[name])))


def test_no_snapshot_is_left_behind() -> None:
    known = {f"{name}.txt" for name in (*ORDERS, *SPOKEN)} | {
        f"form-{name}.txt" for name in (*FORMS, *SPOKEN_FORMS)}
    found = {path.name for path in (SAMPLES / "documents").glob("*.txt")}
    assert {name for name in found if "later-" not in name} == known


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_no_letter_threatens(order: LetterOrder) -> None:
    text = letter_text(compose_letter(order)).lower()
    assert not re.search(r"lawsuit|sue|penalt|damages|attorney general|regulator|legal action|"
                         r"consequence|failure to|demand", text)


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_a_letter_carries_the_facts_of_its_order_and_no_other(order: LetterOrder) -> None:
    text = letter_text(compose_letter(order))
    for values in order.facts.values():
        for value in values:
            assert value.rstrip(".") in text
    assert ("E-mail address:" in text) == (Fact.EMAIL in order.facts)
    assert "Date of birth" not in text


def test_each_right_is_an_item_of_its_own_with_its_citation_and_its_own_period() -> None:
    items = [p for p in compose_letter(CALIFORNIA).paragraphs if p.startswith("- ")]
    assert len(items) == len(CALIFORNIA.footings)
    for item, footing in zip(items, CALIFORNIA.footings, strict=True):
        assert footing.citation in item
    assert "15 business days from receipt" in items[0]
    assert "10 business days from receipt to confirm this" in items[2]
    assert "45 calendar days to answer" in items[2]


def test_the_right_stands_with_its_section_and_the_period_with_its_own() -> None:
    sale, limit, access = (p for p in compose_letter(CALIFORNIA).paragraphs if p.startswith("- "))
    assert "my personal information (Cal. Civ. Code §§ 1798.120, 1798.135)." in sale
    assert "you have 15 business days from receipt (Cal. Code Regs. tit. 11, § 7026(f))." in sale
    assert "15 business days from receipt (Cal. Code Regs. tit. 11, § 7027(g)(1))." in limit
    assert ("By law you have 10 business days from receipt to confirm this (Cal. Code Regs. tit. "
            "11, § 7021(a)), and 45 calendar days to answer (Cal. Civ. Code § 1798.130(a)(2); Cal. "
            "Code Regs. tit. 11, § 7021(b)).") in access
    assert "gives you 45 calendar days from receipt (Va. Code § 59.1-577(B)(1)):" in letter_text(
        compose_letter(ORDERS["virginia"]))
    assert "gives you one month from receipt (GDPR Art. 12(3)):" in letter_text(
        compose_letter(ORDERS["gdpr"]))


def test_a_file_with_a_clock_is_asked_for_as_the_free_yearly_one() -> None:
    order = ORDERS["fcra-disclosure"]
    assert "free yearly" not in letter_text(compose_letter(order))
    clock = {("us-federal-fcra", Right.ACCESS): days(15, section="15 U.S.C. § 1681j(a)(2)")}
    text = letter_text(compose_letter(changed(order, deadlines=clock)))
    assert "consumer file as the free yearly disclosure (15 U.S.C. 1681g(a))" in text
    assert "This is the yearly request under 15 U.S.C. § 1681j(a)." in text
    assert "15 calendar days from receipt (15 U.S.C. § 1681j(a)(2))" in text
    spoken = compose_form_sheet(changed(order, deadlines=clock, recipient_lines=(),
                                        procedure=FORMS["phone"].procedure,
                                        facts=FORMS["phone"].facts))
    assert "as the free yearly disclosure" in spoken.statement


def test_a_limit_that_all_share_is_said_once_and_one_of_its_own_with_its_item() -> None:
    text = "\n".join(compose_letter(CALIFORNIA).paragraphs)
    assert text.count("within the meaning of Civil Code section 1798.140") == 1
    assert text.count("infer characteristics") == 1
    assert text.index("Limit the use") < text.index("infer characteristics")
    assert text.index("Send a copy") < text.index("I ask all of this to the extent that you are a")


def test_a_limit_that_only_some_share_is_said_once_with_their_numbers() -> None:
    first, second, third = CALIFORNIA.footings
    record = Limit("record", "the information is no public record")
    some = changed(CALIFORNIA, footings=(
        first, replace(second, limits=(*second.limits, record)),
        replace(third, limits=(*third.limits, record))))
    assert ("I ask for 2 and 3 to the extent that the information is no public record."
            in compose_letter(some).paragraphs)


def test_every_limit_is_in_the_letter_as_to_the_extent() -> None:
    paragraphs = compose_letter(CALIFORNIA).paragraphs
    for limit in {limit for footing in CALIFORNIA.footings for limit in footing.limits}:
        assert any(limit.text in p and "to the extent that" in p for p in paragraphs)


def test_what_is_said_of_one_subject_is_said_together() -> None:
    limits = (BUSINESS, Limit("bank", "you are not a bank."), PUBLIC, Limit("work", (
        "the information does not concern work")), Limit("role", "my authority covers this"))
    order = changed(CALIFORNIA, footings=(replace(CALIFORNIA.footings[0], limits=limits),))
    assert ("I ask this to the extent that you are a “business” within the meaning of Civil Code "
            "section 1798.140 and are not a bank, that the information is not publicly available "
            "under that section and does not concern work, and that my authority covers this."
            ) in compose_letter(order).paragraphs


def test_a_limit_speaks_of_the_person_from_the_mouth_of_the_writer() -> None:
    limits = (Limit("permission", "the person’s permission covers this"),
              Limit("home", "the law still counts the person as a resident"))
    order = changed(CALIFORNIA, footings=(replace(CALIFORNIA.footings[0], limits=limits),))
    assert "that my permission covers this and that the law still counts me as a" in letter_text(
        compose_letter(order))
    agent = changed(order, acting_as=ActingAs.AGENT, agent_name="Robin Example")
    assert "that their permission covers this and that the law still counts them" in letter_text(
        compose_letter(agent))


def test_a_time_is_told_once_and_then_pointed_back_to() -> None:
    first, second, _ = CALIFORNIA.footings
    soon = CALIFORNIA.deadlines[first.law, first.right]
    order = changed(CALIFORNIA, deadlines={
        **CALIFORNIA.deadlines, (second.law, second.right): soon})
    items = [p for p in compose_letter(order).paragraphs if p.startswith("- ")]
    assert "15 business days from receipt" in items[0]
    assert items[1].endswith("By law you have the same time as for 1.")
    assert "45 calendar days to answer" in items[2]


def test_a_period_of_the_same_section_as_the_ask_cites_it_once() -> None:
    first = CALIFORNIA.footings[0]
    order = changed(CALIFORNIA, footings=(first,), deadlines={
        (first.law, first.right): days(15, section=first.citation)})
    text = letter_text(compose_letter(order))
    assert text.count(first.citation) == 1
    assert "By law you have 15 calendar days from receipt." in text


def test_a_federal_agency_has_its_days_to_decide() -> None:
    foia = Footing("us-federal-foia", Right.ACCESS, "Any Act", "Sec. 1", clock_starts="other")
    order = changed(CALIFORNIA, footings=(foia,), deadlines={
        (foia.law, foia.right): days(20, PeriodUnit.BUSINESS_DAYS, "Sec. 2")})
    assert "By law you have 20 business days to decide (Sec. 2)." in letter_text(
        compose_letter(order))


def test_only_the_person_says_that_an_opt_out_needs_no_proof() -> None:
    said = "Opting out needs no proof of identity (Sec. 9)."
    footing = replace(CALIFORNIA.footings[0], no_proof_section="Sec. 9")
    order = changed(CALIFORNIA, footings=(footing, CALIFORNIA.footings[2]))
    assert said in letter_text(compose_letter(order))
    assert said not in letter_text(compose_letter(CALIFORNIA))
    agent = changed(order, acting_as=ActingAs.AGENT, agent_name="Robin Example")
    assert said not in letter_text(compose_letter(agent))


@pytest.mark.parametrize(("starts", "words"), [
    ("receipt", "15 business days from receipt ("),
    ("verification", "15 business days once you have verified this request ("),
    ("complete", "15 business days from receipt of this and of what is enclosed ("),
    ("other", "15 business days (")])
def test_a_period_says_what_it_runs_from(starts: str, words: str) -> None:
    order = changed(CALIFORNIA, footings=(
        replace(CALIFORNIA.footings[0], clock_starts=starts),))
    assert f"By law you have {words}Cal. Code Regs." in letter_text(compose_letter(order))


def test_a_refusal_is_asked_for_with_its_reasons_and_an_appeal_only_where_there_is_one() -> None:
    plain = letter_text(compose_letter(CALIFORNIA))
    assert "If you decline any part of this, please tell me which part and why. Please" in plain
    assert "appeal" not in plain
    footing = replace(CALIFORNIA.footings[0], refusal_section="Va. Code § 59.1-577(B)(2)",
                      appeal_section="Va. Code § 59.1-577(C)")
    both = letter_text(compose_letter(changed(CALIFORNIA, footings=(footing, footing))))
    assert ("please tell me which part and why, and how to appeal (Va. Code § 59.1-577(B)(2); "
            "Va. Code § 59.1-577(C)).") in both
    british = letter_text(compose_letter(changed(CALIFORNIA, footings=(replace(
        footing, law="gb-uk-gdpr", refusal_section=""),))))
    assert "and how to complain to you (Va. Code § 59.1-577(C))." in british


def test_the_section_that_lets_them_keep_a_person_out_is_cited_where_there_is_one() -> None:
    order = ORDERS["california-deletion-2027"]
    assert "the least that you need to recognize me. If" in letter_text(compose_letter(order))
    cited = changed(order, footings=(replace(
        order.footings[0], suppression_section="Cal. Civ. Code § 1798.105(c)(2)"),))
    assert ("the least that you need to recognize me, as Cal. Civ. Code § 1798.105(c)(2) lets "
            "you.") in letter_text(compose_letter(cited))


@pytest.mark.parametrize(("law", "right", "subject", "opening"), [
    ("us-federal-foia", Right.ACCESS, "Request for records", "the records that Example Data keeps"),
    ("us-nj-daniels-law", Right.SUPPRESS_PUBLICATION, "Written notice not to publish",
     "the information that Example Data makes available"),
    ("us-federal-fcra", Right.ACCESS, "Request about my consumer file", "the consumer file that"),
    ("us-wa-mhmda", Right.DELETE, "Privacy request", "the consumer health data that")])
def test_a_letter_calls_its_matter_by_name(
    law: str, right: Right, subject: str, opening: str
) -> None:
    letter = compose_letter(changed(CALIFORNIA, footings=(Footing(law, right, "Any Act"),)))
    assert letter.subject == f"{subject} (reference OPT-7K3M9Q)"
    assert letter.paragraphs[0].startswith(f"I write about {opening}")
    assert letter.salutation == ("Dear privacy team," if subject == "Privacy request"
                                 else "To whom it may concern:")


def test_no_period_is_written_where_the_law_sets_none() -> None:
    text = "\n".join(compose_letter(changed(CALIFORNIA, deadlines={})).paragraphs)
    assert "By law you have" not in text
    assert "law gives" not in text
    assert "Limit the use of my sensitive personal information (Cal. Civ. Code § 1798.121" in text


def test_deletion_reaches_what_others_gave_only_where_the_law_does() -> None:
    order = ORDERS["california-deletion-2027"]
    assert "what you got from others" in letter_text(compose_letter(order))
    old = changed(order, footings=tuple(
        replace(f, reaches_third_party_data=False) for f in order.footings))
    text = letter_text(compose_letter(old))
    assert "what you got from others" not in text
    assert "what you collected from me" in text


def test_what_was_matched_is_asked_of_removals_and_opt_outs_and_not_of_a_disclosure() -> None:
    removal, opt_out = (letter_text(compose_letter(order))
                        for order in (ORDERS["voluntary"], CALIFORNIA))
    for text in (removal, opt_out):
        assert text.count("which records you matched") == 1
        assert text.count("suppression list") == 1
    assert "So that they do not come back" in removal
    assert "So that they do not come back" not in opt_out
    assert "the least that you need to go on honoring this." in opt_out
    assert "suppression list" not in letter_text(compose_letter(ORDERS["fcra-disclosure"]))


def test_where_only_opt_outs_are_asked_removal_is_asked_as_a_courtesy() -> None:
    courtesy = "As a courtesy, whatever the law requires"
    assert courtesy in letter_text(compose_letter(CALIFORNIA))
    sale = next(f for f in CALIFORNIA.footings if f.right is Right.OPT_OUT_OF_SALE)
    chosen = replace(CALIFORNIA, footings=(sale,))
    assert courtesy not in letter_text(compose_letter(chosen)), "one right, chosen by name"
    assert courtesy in letter_text(compose_letter(replace(chosen, asks_all=True)))
    deletes = replace(CALIFORNIA, footings=(
        *CALIFORNIA.footings, replace(sale, right=Right.DELETE)))
    assert courtesy not in letter_text(compose_letter(deletes))


def test_a_statement_for_a_form_asks_the_same_in_brief() -> None:
    opt_out = compose_form_sheet(FORMS["web_form"])
    assert "and go on honoring this for what you get later." in opt_out.statement
    removal = compose_form_sheet(changed(FORMS["web_form"], footings=(VOLUNTARY,)))
    assert "and keep them from coming back." in removal.statement
    access = compose_form_sheet(changed(
        FORMS["web_form"], footings=(CALIFORNIA.footings[2],)))
    assert "which records you matched" not in access.statement
