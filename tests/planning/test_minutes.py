"""What an action costs in the person's own minutes, each with its reason."""

from __future__ import annotations

from optout.domain.words import Channel, Fact, Verification
from optout.planning.minutes import (
    BY_CHANNEL,
    BY_VERIFICATION,
    LOOK,
    OWN_STEPS,
    costs,
    minutes_for,
)
from tests.planning.builders import procedure


def test_every_channel_and_every_verification_has_its_minutes_and_a_reason() -> None:
    assert set(BY_CHANNEL) == set(Channel)
    assert set(BY_VERIFICATION) == set(Verification)
    assert all(cost.reason for cost in (*BY_CHANNEL.values(), *BY_VERIFICATION.values()))


def test_an_e_mail_is_quicker_than_a_form_and_a_form_than_a_stamp_and_a_stamp_than_a_call() -> None:
    order = [Channel.EMAIL, Channel.WEB_FORM, Channel.POSTAL_MAIL, Channel.PHONE]
    minutes = [minutes_for(procedure(channel)) for channel in order]
    assert minutes == sorted(set(minutes))


def test_what_has_to_be_proven_and_found_is_added() -> None:
    plain = minutes_for(procedure(Channel.WEB_FORM))
    way = procedure(Channel.WEB_FORM, Fact.LISTING_URL,
                    verification=(Verification.CAPTCHA, Verification.EMAIL_LINK))
    assert minutes_for(way) == plain + 1 + 2 + 2
    assert len(list(costs(way))) == 4


def test_a_look_costs_less_than_a_form_and_steps_without_a_letter_have_their_reasons() -> None:
    assert 0 < LOOK.minutes < BY_CHANNEL[Channel.WEB_FORM].minutes
    assert all(cost.minutes > LOOK.minutes and cost.reason for cost in (*OWN_STEPS.values(),))
    assert LOOK.reason
