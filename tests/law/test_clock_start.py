"""The clock starts on receipt: known, or estimated for post."""

from __future__ import annotations

import pytest

from optout.domain.errors import InvalidInput
from optout.domain.words import Channel
from optout.law.clock_start import counts_from
from tests.law.samples import on


@pytest.mark.parametrize("channel", [c for c in Channel if c is not Channel.POSTAL_MAIL])
def test_what_is_not_posted_counts_from_the_day_it_is_sent(channel: Channel) -> None:
    assert counts_from(channel, on("Saturday 2026-11-28")) == (on("Saturday 2026-11-28"), False)


@pytest.mark.parametrize(("sent", "counts"), [
    ("Monday 2026-11-23", "Monday 2026-11-30"),  # five days later is a Saturday
    ("Tuesday 2026-11-24", "Monday 2026-11-30"),
    ("Wednesday 2026-11-25", "Monday 2026-11-30"),
    ("Thursday 2026-11-26", "Tuesday 2026-12-01"),
    # No post comes on Thanksgiving, Christmas Day and New Year’s Day.
    ("Saturday 2026-11-21", "Friday 2026-11-27"),
    ("Sunday 2026-12-20", "Monday 2026-12-28"),
    ("Sunday 2026-12-27", "Monday 2027-01-04"),
])
def test_a_letter_counts_from_its_estimated_delivery(sent: str, counts: str) -> None:
    assert counts_from(Channel.POSTAL_MAIL, on(sent)) == (on(counts), True)


def test_a_known_delivery_replaces_the_estimate() -> None:
    found = counts_from(Channel.POSTAL_MAIL, on("Monday 2026-11-23"), on("Wednesday 2026-11-25"))
    assert found == (on("Wednesday 2026-11-25"), False)


def test_nothing_arrives_before_it_was_sent() -> None:
    with pytest.raises(InvalidInput, match="before the day of sending"):
        counts_from(Channel.POSTAL_MAIL, on("Monday 2026-11-23"), on("Sunday 2026-11-22"))
