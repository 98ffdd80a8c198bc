"""What a request leaves out, and why."""

from __future__ import annotations

from dataclasses import replace

from optout.domain.actor import OWNER
from optout.domain.person import Person
from optout.domain.words import Right
from optout.services import requests
from optout.services.desk import Desk
from optout.services.not_asserted import not_asserted


def test_what_california_does_not_give_yet_is_left_out_with_its_reason(
    desk: Desk, avery: Person
) -> None:
    file, = requests.create_requests(desk, avery.id, ["quick-mail"], actor=OWNER)
    reasons = {(one.law, one.right): one.reason for one in not_asserted(desk, file.request)}
    assert "2026-12-31" in reasons["us-ca-ccpa", Right.DELETE]
    asserted = {(one.law, one.right) for one in file.request.footings}
    assert not asserted & set(reasons)


def test_nothing_is_said_of_a_company_that_is_no_longer_known(
    desk: Desk, avery: Person
) -> None:
    file, = requests.create_requests(desk, avery.id, ["quick-mail"], actor=OWNER)
    assert not_asserted(desk, replace(file.request, broker_id="nobody")) == ()
