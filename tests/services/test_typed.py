"""Ids are found as people type them."""

from __future__ import annotations

import pytest

from optout.domain.errors import NotFound
from optout.domain.person import Person
from optout.services.desk import Desk
from optout.services.typed import as_stored, request_named
from tests.services.marked import made


def test_an_id_in_small_letters_between_spaces_is_the_same_id(desk: Desk, avery: Person) -> None:
    request_id = made(desk, avery)
    with desk.store.reading() as session:
        assert request_named(session, f"  {request_id.lower()}\n").id == request_id
        with pytest.raises(NotFound):
            request_named(session, "OPT-nobody")
    assert as_stored(" f-1 ") == "F-1"
