"""What is the same against every recipient is worked out once, and anew for another day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from optout.domain.words import Right
from optout.law.applicable import applicable
from optout.law.drafts import Draft, drafts_of
from tests.planning.builders import broker, laws

TODAY = date(2026, 11, 27)


def draft(law: str, right: Right, day: date) -> Draft:
    return next(one for one in drafts_of(laws(), law, day) if one.rule.right is right)


def test_every_right_has_its_draft_in_the_order_of_the_law() -> None:
    law = laws().law("us-ca-ccpa", TODAY)
    drafts = drafts_of(laws(), law.id, TODAY)
    assert [one.rule.right for one in drafts] == list(law.rights)
    assert all(one.footing.citation == one.rule.section for one in drafts)


@pytest.mark.parametrize(("day", "offered"), [
    (date(2026, 12, 31), False), (date(2027, 1, 1), True)])
def test_a_draft_belongs_to_its_day(day: date, *, offered: bool) -> None:
    assert (draft("us-ca-ccpa", Right.DELETE, day).refusal == "") is offered


def test_a_draft_knows_neither_reason_nor_limits_of_a_recipient() -> None:
    one = draft("us-va-vcdpa", Right.OPT_OUT_OF_SALE, TODAY)
    assert (one.footing.reason, one.footing.limits) == ("", ())
    assert {rule.limit.key for rule in one.limits} >= {"size_threshold"}


def test_a_thousand_recipients_cost_one_draft_a_law() -> None:
    book = replace(laws())  # a book of its own, of which nothing is known yet
    before = drafts_of.cache_info().misses
    for number in range(20):
        assert applicable(book, ["US-VA"], broker(f"firm-{number}"), TODAY).offered
    assert 0 < drafts_of.cache_info().misses - before <= len(book.histories)
