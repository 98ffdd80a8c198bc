"""A draft for counsel: marked on every page, little in it, and room for counsel's pen."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from optout.documents.counsel_draft import DraftOrder, compose_counsel_draft
from optout.documents.counsel_draft_pdf import counsel_draft_pdf
from optout.domain.broker import Broker, Eligibility, Procedure, Source
from optout.domain.document import CounselDraft
from optout.domain.errors import MissingFact, UnwritableText
from optout.domain.footing import VOLUNTARY, Footing
from optout.domain.plan import Need
from optout.domain.words import BrokerStatus, Channel, Fact, Right, Role

DAY = date(2026, 11, 23)
PORTAL = Procedure(
    Channel.PORTAL, rights=(Right.ACCESS,), url="https://agency.example/foia",
    eligible=Eligibility(text="Anyone may ask."), steps=("See a lawyer.",),
    limits="It refuses without a signature.")
SYSTEM = Broker(
    "agency", "Sample Agency (records)", Role.GOVERNMENT_SYSTEM, "government_records",
    BrokerStatus.ACTIVE, (Source("https://agency.example", DAY),), operator="Sample Department",
    holds=("arrest records", "not the court file: the court has it"),
    cannot="There is no opt-out.", cautions=("A lawyer decides.",))
FOIA = Footing(law="us-federal-foia", right=Right.ACCESS, citation="5 U.S.C. § 552(a)",
               law_name="Freedom of Information Act")
PRIVACY_ACT = Footing(law="us-federal-privacy-act", right=Right.ACCESS,
                      citation="5 U.S.C. § 552a(d)(1)", law_name="Privacy Act of 1974")
OFFICE = ("Robin Sample", "Sample Legal Clinic", "1 Invented Plaza", "Oakland, CA 94612")
WITHHELD = (Need(Fact.CURRENT_ADDRESS, "Hidden, because of a danger."),
            Need(Fact.DATE_OF_BIRTH, "By hand."), Need(Fact.ACCOUNT, "Counsel’s own."))
ORDER = DraftOrder("OPT-7K3M9Q", DAY, "Avery Sample", SYSTEM, PORTAL, (FOIA,), OFFICE,
                   {Fact.FULL_NAME: ("Avery Sample",)}, WITHHELD)


def text_of(draft: CounselDraft) -> str:
    return "\n".join((draft.title, *draft.paragraphs))


def pages(order: DraftOrder) -> list[str]:
    pdf = counsel_draft_pdf(compose_counsel_draft(order))
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def test_the_draft_says_on_every_page_what_it_is() -> None:
    long = replace(ORDER, system=replace(SYSTEM, cautions=("A lawyer decides. " * 40,) * 6))
    for order in (ORDER, long):
        found = pages(order)
        assert len(found) >= 2
        for number, page in enumerate(found, start=1):
            assert page.count("DRAFT FOR COUNSEL – not sent, not to be sent by the program") == 2
            assert f"OPT-7K3M9Q · page {number} of {len(found)}" in page


def test_what_is_asked_for_is_said_in_the_words_of_the_entry() -> None:
    text = text_of(compose_counsel_draft(ORDER))
    for words in ("Sample Agency (records)", "Sample Department", "https://agency.example/foia",
                  "Freedom of Information Act (5 U.S.C. § 552(a)). Please send the records",
                  "- [ ] arrest records", "Not held here: the court file: the court has it.",
                  "Anyone may ask. Counsel decides.", "- A lawyer decides.",
                  "- There is no opt-out.", "- See a lawyer.", "It refuses without a signature."):
        assert words in text
    assert "[ ] not" not in text


def test_a_request_for_records_names_both_acts_in_the_same_words_for_everyone() -> None:
    both = text_of(compose_counsel_draft(replace(ORDER, privacy_act=PRIVACY_ACT)))
    assert ("Freedom of Information Act (5 U.S.C. § 552(a)), and, so far as it applies, the "
            "Privacy Act of 1974 (5 U.S.C. § 552a(d)(1)). Please send the records") in both
    assert "answer it under whichever opens more" in both
    alone = text_of(compose_counsel_draft(ORDER))
    assert "Privacy Act" not in alone
    assert "both acts" not in alone
    for text in (both, alone):
        assert "Please ask counsel before any fee arises." in text
        assert not {"citizen", "resident", "immigra"} & set(text.casefold().split())


def test_what_only_counsel_writes_is_a_line_and_never_a_value() -> None:
    text = text_of(compose_counsel_draft(ORDER))
    for label in ("Current address", "Date of birth", "Place of birth", "A-number",
                  "Executed on", "Signature"):
        (line,) = [one for one in text.split("\n") if one.startswith(f"{label}\t")]
        assert line.partition("\t")[2].startswith("_____")
    assert "A-number\t________________________________________ (counsel only, if at all)" in text
    assert "danger" not in text, "why a home is hidden is nobody's business there"
    assert "- Account: Counsel’s own." in text


def test_both_wordings_of_the_certification_stand_there() -> None:
    text = text_of(compose_counsel_draft(ORDER))
    assert "Certification (28 U.S.C. 1746)" in text
    assert ("Signed in the United States: I declare under penalty of perjury that the foregoing "
            "is true and correct.") in text
    assert "under the laws of the United States of America that the foregoing is true" in text


def test_the_home_stands_there_only_when_it_is_handed_in() -> None:
    shown = replace(ORDER, facts={**ORDER.facts, Fact.CURRENT_ADDRESS: ("100 Fictional Way",)},
                    facts_withheld=())
    text = text_of(compose_counsel_draft(shown))
    assert "Current address\t100 Fictional Way" in text
    assert "counsel confirmed that it may" in text
    assert "They also ask for" not in text
    assert "The address line is empty." in text_of(compose_counsel_draft(ORDER))


def test_facts_that_no_draft_carries_are_not_written_even_when_handed_in() -> None:
    smuggled: dict[Fact, tuple[str, ...]] = {
        fact: (f"smuggled {fact}",) for fact in Fact if fact is not Fact.CURRENT_ADDRESS}
    draft = compose_counsel_draft(replace(ORDER, facts=smuggled))
    assert "smuggled" not in text_of(draft)
    assert not {f.name for f in fields(DraftOrder)} & {"reply_email", "mailto", "sender_lines"}


def test_answers_go_to_counsel_or_to_a_line_for_counsel() -> None:
    assert "Counsel\tRobin Sample\n\tSample Legal Clinic" in text_of(compose_counsel_draft(ORDER))
    alone = text_of(compose_counsel_draft(replace(ORDER, counsel_lines=())))
    assert "No counsel is named yet." in alone


def test_an_entry_that_tells_little_makes_a_short_draft() -> None:
    bare = replace(SYSTEM, operator="", holds=(), cannot="", cautions=())
    way = Procedure(Channel.PORTAL, rights=(Right.CORRECT,))
    text = text_of(compose_counsel_draft(replace(
        ORDER, system=bare, procedure=way, footings=(VOLUNTARY,), facts_withheld=())))
    for words in ("Run by", "Takes requests at", "Counsel marks", "On which law", "How they take",
                  "Please send the records"):
        assert words not in text
    assert "Counsel states here what is asked for" in text


@pytest.mark.parametrize(("law", "words"), [
    ("", "\nPlease send the records about the person named below"),
    ("Sample Act", "Sample Act. Please send the records")])
def test_a_law_without_citation_or_name_leaves_no_gap(law: str, words: str) -> None:
    footing = replace(FOIA, law_name=law, citation="")
    assert words in text_of(compose_counsel_draft(replace(ORDER, footings=(footing,))))


def test_the_same_draft_has_the_same_bytes() -> None:
    draft = compose_counsel_draft(ORDER)
    assert counsel_draft_pdf(draft) == counsel_draft_pdf(draft)


def test_no_draft_without_a_name_nor_with_what_cannot_be_written() -> None:
    with pytest.raises(MissingFact):
        replace(ORDER, person_name=" ")
    with pytest.raises(UnwritableText, match="no shape"):
        counsel_draft_pdf(compose_counsel_draft(replace(ORDER, person_name="ตัวอย่าง")))
