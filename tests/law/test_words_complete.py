"""Each right that the law gives anyone has its words, and they say no more than that law."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from optout.documents.eml import letter_text
from optout.documents.form_sheet import FORM_CHANNELS
from optout.documents.letter_pdf import letter_pdf
from optout.documents.words import compose_form_sheet, compose_letter
from optout.domain.document import Letter
from optout.domain.words import ActingAs, Channel, Right
from optout.law.limits import AGENCY, NATIONWIDE
from optout.settings import resource
from tests.documents.reading import reader
from tests.law.letters import DAYS, EVERY_LAW, Offer, offers, order, written_down
from tests.law.samples import book

ASKS = resource("templates") / "letters" / "en" / "asks"
LONGEST_HEADING, SHORTEST_TEXT, LONGEST_TEXT = 75, 20, 400
OFFERING = tuple(law for law in EVERY_LAW if offers(law))
PLATFORM = "us-ca-delete-act"
WITHOUT_APPEAL = {"us-ca-ccpa", "us-ut-ucpa", "us-al-apdpa", "us-nv-603a", "eu-gdpr",
                  "us-federal-fcra", "ch-fadp", "ca-pipeda", "ca-qc-law25", "br-lgpd",
                  "us-nj-daniels-law"}
"""Laws without an appeal to the recipient that is certain, from the facts."""

_SECTION = re.compile(
    r"(?:§+|Arts?\.|Article|Rule|[Ss]ections?|(?<![A-Z])ss?\.|cl\.|subd\.)[\s\N{NO-BREAK SPACE}]"
    r"([0-9][0-9A-Za-z]*(?:[.:\-–][0-9A-Za-z]+)*(?:\([0-9A-Za-z]+\))*)")
_GAP = re.compile(r"\{\{|\{%|%\}|\bNone\b|\(\)|  | [,.;:]|,\s*[,.]|\.\.|\bundefined\b")
_BRACKETS = re.compile(r"\s*\((?:[^()]|\([^()]*\))*\)")
_SENTENCE = re.compile(r"(?<=\.)\s+")
_THREAT = re.compile(
    r"lawsuit|\bsue\b|penalt|damages|\bfine[sd]?\b|attorney general|regulator|legal action|"
    r"authorit(?!y as parent)|consequence|failure to|demand")
_DEADLINE = re.compile(r"By law you have|the law gives you")


@cache
def letters(law: str) -> tuple[tuple[Offer, Letter], ...]:
    """The letter on all rights of each offer, and one on each right."""
    made = (offer.only(few) for offer in offers(law)
            for few in dict.fromkeys((offer.footings, *((one,) for one in offer.footings))))
    return tuple((one, compose_letter(order(one))) for one in made)


@pytest.mark.parametrize("law", OFFERING)
def test_every_right_has_words_and_a_citation_of_readable_length(law: str) -> None:
    for offer, letter in letters(law):
        items = [p for p in letter.paragraphs if p.startswith("- ")]
        for footing, item in zip(offer.footings, items, strict=True):
            heading, _, text = item.partition("\n")
            assert footing.citation, f"{offer}: {footing.right} has no citation"
            assert heading.endswith(f" ({footing.citation.rstrip('.')})."), offer
            asked = heading.removeprefix("- ").partition(" (")[0]
            text = re.split(r" I ask this to the extent that| By law you have", text)[0]
            assert 0 < len(asked) <= LONGEST_HEADING, f"{offer}: {asked}"
            assert SHORTEST_TEXT <= len(text) <= LONGEST_TEXT, f"{offer}: {text}"


@pytest.mark.parametrize("law", OFFERING)
def test_no_deadline_is_asserted_where_the_law_has_none(law: str) -> None:
    for offer, letter in letters(law):
        text = letter_text(letter)
        found = order(offer).deadlines
        assert bool(_DEADLINE.search(text)) == bool(found), offer
        for computed in found.values():
            for due in filter(None, (computed.acknowledge_by, computed.respond_by)):
                number = "one" if due.number == 1 else str(due.number)
                assert f"{number} {due.unit.replace('_', ' ')}".rstrip("s") in text, offer


@pytest.mark.parametrize("law", OFFERING)
def test_no_letter_cites_a_section_that_is_not_its_own_laws(law: str) -> None:
    own = written_down(law)
    if law == "us-federal-fcra":
        own += AGENCY.text + NATIONWIDE.text
    for offer, letter in letters(law):
        for section in _SECTION.findall(letter_text(letter)):
            assert section in own, f"{offer}: {section}"


@pytest.mark.parametrize("law", OFFERING)
def test_each_value_comes_out_once_and_intact(law: str) -> None:
    for offer, letter in letters(law):
        made, text = order(offer), letter_text(letter)
        signed = made.person_name if offer.acting_as is ActingAs.SELF else made.agent_name
        once = [made.reference, made.broker_name, made.reply_email, made.person_name, signed,
                *made.covers_names, *(value for fact, values in made.facts.items()
                                      if fact != "reason" for value in values)]
        for value in once:
            assert text.count(value) == 1, f"{offer}: {value}"
        assert text.count("The canary reason {{ 7*7 }}.") <= len(offer.footings), offer
        for limit in {limit for footing in offer.footings for limit in footing.limits}:
            assert _tail(limit.text) in text, f"{offer}: {limit.text}"


def _tail(limit: str) -> str:
    """What a limit says of its subject, which may be shared; the person is “me” or “them”."""
    return re.sub(r"^(?:you|the information|the data|the personal data) |^.*the person(?:’s)? |"
                  r" the person(?:’s)?\b.*$", "", limit.rstrip("."))


@pytest.mark.parametrize("law", OFFERING)
def test_every_letter_and_sheet_renders_without_a_gap(law: str) -> None:
    for offer in offers(law):
        for channel in Channel:
            made = order(offer, channel)
            if channel in FORM_CHANNELS:
                text = compose_form_sheet(made).statement
            else:
                text = letter_text(compose_letter(made))
            bare = re.sub(r"\n +", "\n", text.replace(" {{ 7*7 }}", ""))
            gap = _GAP.search(bare)
            assert gap is None, f"{offer}, {channel}: {bare[gap.start() - 30:gap.end() + 30]!r}"


@pytest.mark.parametrize("law", OFFERING)
def test_no_sentence_is_said_twice(law: str) -> None:
    for offer, letter in letters(law):
        said = Counter(sentence for paragraph in letter.paragraphs
                       for sentence in _SENTENCE.split(_BRACKETS.sub("", paragraph))
                       if "reason" not in sentence and not sentence.startswith("By law"))
        twice = [sentence for sentence, number in said.items() if number > 1]
        assert not twice, f"{offer}: {twice}"


@pytest.mark.parametrize("law", OFFERING)
def test_an_appeal_is_named_only_where_the_law_has_one_to_the_recipient(law: str) -> None:
    for offer, letter in letters(law):
        text = letter_text(letter)
        named = re.search(r"how to (?:appeal|complain to you)", text)
        assert not (named and law in WITHOUT_APPEAL), offer
        assert bool(named) == any(footing.appeal_section for footing in offer.footings), offer
        assert ("complain" in text) <= (law == "gb-uk-gdpr"), offer


@pytest.mark.parametrize("law", OFFERING)
def test_a_first_letter_threatens_with_nothing(law: str) -> None:
    for offer, letter in letters(law):
        found = _THREAT.search(letter_text(letter).lower())
        assert found is None, f"{offer}: {found}"


@pytest.mark.parametrize("law", OFFERING)
def test_an_ordinary_letter_fits_one_page(law: str) -> None:
    for offer in offers(law):
        usual = offer.by_itself()
        if usual is None or usual.day != DAYS[0]:
            continue
        pages = len(reader(letter_pdf(compose_letter(order(usual, covers=())))).pages)
        assert pages == 1, f"{usual}: {pages} pages"


@pytest.mark.parametrize("law", OFFERING)
def test_who_writes_stands_in_the_first_line(law: str) -> None:
    words = {ActingAs.SELF: "I write about", ActingAs.AGENT: "as their authorized agent",
             ActingAs.ATTORNEY_IN_FACT: "under a power of attorney",
             ActingAs.GUARDIAN: "as their parent or legal guardian"}
    for offer, letter in letters(law):
        first, text = letter.paragraphs[0].partition(". ")[0], letter_text(letter)
        power = any(limit.key == "power_of_attorney"
                    for footing in offer.footings for limit in footing.limits)
        said = words[ActingAs.ATTORNEY_IN_FACT if power else offer.acting_as]
        assert [one for one in words.values() if one in first] == [said], offer
        mine = re.search(r"\b[Mm]y (?:personal|records|information|sensitive|file)", text)
        assert bool(mine) <= (offer.acting_as is ActingAs.SELF), offer


@pytest.mark.parametrize("path", sorted(ASKS.glob("*/*.txt")),
                         ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_override_belongs_to_a_law_and_a_right_of_it(path: Path) -> None:
    assert Right(path.stem) in book().law(path.parent.name, DAYS[-1]).rights


def test_every_law_that_has_words_of_its_own_is_one_of_ours() -> None:
    assert {path.name for path in ASKS.iterdir() if path.is_dir()} <= set(EVERY_LAW)


@pytest.mark.parametrize("right", Right)
def test_every_right_of_any_law_has_family_words(right: Right) -> None:
    assert (ASKS / f"{right}.txt").is_file()


def _asked(law: str, acting_as: ActingAs = ActingAs.SELF) -> set[str]:
    return {footing.right.value for offer in offers(law) if offer.acting_as is acting_as
            for footing in offer.footings}


@pytest.mark.parametrize(("law", "never"), [
    ("us-ia-icdpa", {"delete", "correct"}), ("us-ut-ucpa", {"delete", "opt_out_of_profiling"}),
    ("us-federal-fcra", {"delete", "opt_out_of_sale"}), ("us-nv-603a", {"delete", "access"})])
def test_what_a_law_does_not_give_against_a_broker_is_not_asked(law: str, never: set[str]) -> None:
    assert _asked(law)
    assert not _asked(law) & never


@pytest.mark.parametrize("law", ["us-co-cpa", "us-tx-tdpsa", "us-or-ocpa", "us-ne-ndpa"])
def test_an_agent_who_may_only_opt_out_asks_only_that(law: str) -> None:
    plain = [offer for offer in offers(law) if offer.acting_as is ActingAs.AGENT
             and not any(limit.key == "power_of_attorney" for limit in offer.footings[0].limits)]
    assert plain
    for offer in plain:
        assert all(footing.right.startswith("opt_out_") for footing in offer.footings)
        assert "Delete" not in letter_text(compose_letter(order(offer)))


def _letter(law: str, right: Right, day: int = 0) -> str:
    offer = next(offer for offer in offers(law) if offer.day == DAYS[day]
                 and right in {footing.right for footing in offer.footings})
    return letter_text(compose_letter(order(offer.only(tuple(
        footing for footing in offer.footings if footing.right is right)))))


@pytest.mark.parametrize(("law", "right", "day", "words"), [
    ("us-or-ocpa", "list_third_parties", 0, "Name the specific third parties"),
    ("us-mn-mcdpa", "list_third_parties", 0, "Name the specific third parties"),
    ("us-ct-ctdpa", "list_third_parties", 0, "Name the third parties that bought"),
    ("us-de-dpdpa", "list_third_parties", 0, "Name the categories of third parties"),
    ("us-de-dpdpa", "list_third_parties", 1, "Name the specific third parties"),
    ("us-md-modpa", "list_third_parties", 0, "Name the categories of third parties"),
    ("us-co-cpa", "delete", 0, "name the categories that you kept and say why (4 CCR 904-3, Rule"),
    ("us-co-cpa", "opt_out_of_sale", 0, "before any other part of this request (4 CCR 904-3, Rule"),
    ("us-nj-njdpa", "delete", 0, "A mere opt-out is not among the choices of"),
    ("us-mn-mcdpa", "access", 0, "and name its categories"),
    ("eu-gdpr", "delete", 0, "tell each recipient to whom you disclosed it (Art. 19)"),
    ("eu-gdpr", "access", 0, "its source (Art. 15(1)(g))"),
    ("gb-uk-gdpr", "complain_to_controller", 0, "30 calendar days from receipt to confirm this"),
    ("gb-uk-gdpr", "delete", 0, "how to complain to you (Data Protection Act 2018, s. 164A)"),
    ("us-ca-ccpa", "delete", 1, "to delete it (Cal. Civ. Code § 1798.105(c))"),
    ("br-lgpd", "access", 0, "include its source"),
])
def test_the_letter_says_what_this_law_says(law: str, right: str, day: int, words: str) -> None:
    assert words in _letter(law, Right(right), day).replace("\N{NO-BREAK SPACE}", " ")
