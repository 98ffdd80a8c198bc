"""The rules of a law in sentences, where the shipped laws do not show every case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum

import pytest

from optout.domain.words import Confidence, PeriodUnit, Right
from optout.law.authorities import Hears
from optout.law.model import Law
from optout.law.parts import Extension, Period, Refusal
from optout.law.words import AgentScope, Kind, Recipients
from optout.services.complaints import Proof
from optout.services.law_state import LawState
from optout.web import law_labels
from optout.web.law_pages import asked_acting, good_until, refusal_words, sections
from optout.web.law_words import (
    agent_line,
    answer_lines,
    covered_line,
    extension_line,
    jurisdiction_name,
    period_words,
    shortest,
    suit_line,
    unknown_fields,
)
from tests.conftest import MONDAY
from tests.web.conftest import World

DAYS = PeriodUnit.CALENDAR_DAYS


@pytest.fixture(autouse=True)
def _page(world: World) -> Iterator[None]:
    """Sentences are made while a page is."""
    with world.app.test_request_context(base_url="http://127.0.0.1:5170"):
        yield


@pytest.fixture
def law(world: World) -> Law:
    """A law to be changed."""
    return world.instance.library.laws.law("us-va-vcdpa", MONDAY)


@pytest.mark.parametrize("words", [
    law_labels.RIGHTS, law_labels.STATES, law_labels.STATE_SENTENCES, law_labels.KINDS,
    law_labels.RECIPIENTS, law_labels.AGENTS, law_labels.HEARS, law_labels.PROOFS,
    law_labels.CONFIDENCES, law_labels.CHANGE_CONFIDENCES])
def test_every_word_of_the_law_has_a_sentence(words: dict[StrEnum, object]) -> None:
    kinds = {type(word) for word in words}
    assert len(kinds) == 1
    assert set(words) == set(kinds.pop())
    assert all(str(sentence) for sentence in words.values())


@pytest.mark.parametrize("kind", [LawState, Kind, Recipients, Hears, Proof])
def test_every_label_can_be_shown(kind: type[StrEnum]) -> None:
    assert all(law_labels.law_label(word) for word in kind)


@pytest.mark.parametrize(("number", "unit", "words"), [
    (1, DAYS, "1 day"), (45, DAYS, "45 days"), (1, PeriodUnit.MONTHS, "1 month"),
    (10, PeriodUnit.BUSINESS_DAYS, "10 business days"), (72, PeriodUnit.HOURS, "72 hours")])
def test_a_period_is_told_in_its_own_unit(number: int, unit: PeriodUnit, words: str) -> None:
    assert period_words(Period(number, unit)) == words


@pytest.mark.parametrize(("extension", "words"), [
    (Extension(45, DAYS), "They may take 45 days more, but only if they tell you so in time."),
    (Extension(45, DAYS, notice="with reasons"),
     "They may take 45 days more, but only if they tell you so in time: with reasons."),
    (Extension(None, DAYS),
     "They may take longer if they tell you so in time; the law sets no number."),
    (Extension(15, DAYS, notice_required=False, notice="if you send more"),
     "It becomes 15 days longer if you send more.")])
def test_more_time_is_told_with_its_condition(extension: Extension, words: str) -> None:
    assert extension_line(extension) == words


def test_a_right_without_a_number_says_so(law: Law) -> None:
    bare = replace(law.rights[Right.DELETE], deadline=None, extension=None)
    without = replace(law, rights={Right.DELETE: bare})
    assert answer_lines(without, Right.DELETE) == ("The law sets no number of days for it.",)
    assert shortest(without, [Right.DELETE]) == ""


def test_a_doubted_number_is_not_told(law: Law) -> None:
    doubted = replace(law, low_confidence_fields=("rights.delete",))
    assert shortest(doubted, [Right.DELETE]) == ""
    lines = " ".join(answer_lines(doubted, Right.DELETE))
    assert "45" not in lines
    assert shortest(law, [Right.DELETE, Right.ACCESS]) == "45 days"
    some = replace(law.rights[Right.DELETE], number_binds=("fcra_nationwide",))
    assert shortest(replace(law, rights={Right.DELETE: some}), [Right.DELETE]) == ""


def test_who_may_act_and_who_may_sue_can_be_unknown(law: Law) -> None:
    assert agent_line(replace(law, low_confidence_fields=("agent",))) == str(
        law_labels.AGENTS[AgentScope.UNKNOWN])
    unknown = replace(law, private_action=replace(law.private_action, exists="perhaps"))
    assert "do not know" in suit_line(unknown)
    assert "do not know" in suit_line(replace(law, low_confidence_fields=("all",)))
    assert "do not know" in covered_line(replace(law, low_confidence_fields=("all",)))
    only_words = replace(law.third_party_deletion, covered="amend_only")
    assert covered_line(replace(law, third_party_deletion=only_words)) == ""


def test_what_is_not_known_is_named_in_words(law: Law) -> None:
    doubted = replace(law, low_confidence_fields=(
        "agent", "agent.proof", "rights.delete", "rights.delete.section", "enforcement.Office",
        "enforcement", "appeal.how", "made_up_field", "rights"))
    assert unknown_fields(doubted) == (
        "what somebody who acts for you may do",
        "what proof somebody who acts for you must show", "the right “Delete”",
        "details of the right “Delete”", "contacts of: Office",
        "contacts of those who hear complaints", "the appeal", "made up field",
        "details of its rights")


def test_places_have_names() -> None:
    assert jurisdiction_name("US-CA") == "California"
    assert jurisdiction_name("CA-QC") == "Quebec"
    assert jurisdiction_name("EU") == "European Union and EEA"
    assert jurisdiction_name("GB") == "United Kingdom"


def test_a_refusal_must_say_something() -> None:
    assert refusal_words(Refusal("§ 1", reasons=True, appeal=True, authority=True)) == (
        "give reasons; say how you can appeal; say where you can complain")
    assert refusal_words(Refusal("§ 1", reasons=False)) == "be told to you"


def test_citations_of_a_right_are_told_once_each(law: Law) -> None:
    rule = law.rights[Right.DELETE]
    assert len(set(sections(law, rule))) == len(sections(law, rule)) >= 2
    doubted = replace(law, low_confidence_fields=("rights.delete.section",))
    assert "not certain" in sections(doubted, rule)[0]


def test_holidays_are_good_until_a_day_where_there_are_any(law: Law) -> None:
    assert good_until(law) is not None
    assert good_until(replace(law, counting=replace(law.counting, calendars=()))) is None


def test_a_capacity_that_is_none_stands_for_the_person() -> None:
    assert asked_acting("agent").value == "agent"
    assert asked_acting("made-up").value == "self"
    assert set(law_labels.CONFIDENCES) == set(Confidence)
