"""What an identity theft block wants is enclosed by the person, and by nobody else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optout.domain.actor import OWNER
from optout.domain.person import Person
from optout.domain.words import Right
from optout.services import letters, requests
from optout.services.desk import Desk
from optout.store import requests as rows


@pytest.mark.parametrize("right", [Right.BLOCK, Right.DISPUTE])
def test_the_person_is_told_to_enclose_the_proof_themselves(
    desk: Desk, avery: Person, right: Right
) -> None:
    (file,) = requests.create_requests(desk, avery.id, ["slow-post"], actor=OWNER)
    letters.generate(desk, avery.id, actor=OWNER)
    with desk.store.writing() as session:
        stored = rows.get(session, file.request.id)
        rows.update(session, replace(stored, footings=(
            replace(stored.footing, law="us-federal-fcra", right=right),)))
    requests.mark(desk, file.request.id, "mark_sent", actor=OWNER)
    steps = letters.hand_over(desk, file.request.id).steps
    told = [step for step in steps if "Enclose them yourself" in step]
    assert bool(told) is (right is Right.BLOCK)
    assert "mark the request as sent" in steps[-1], "what to do last stays last"
