"""A short id that is taken is drawn again, before it is stored."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from optout.domain.actor import OWNER
from optout.services import people, requests
from optout.services.desk import Desk
from optout.store import ids
from tests.factories import californian
from tests.services.conftest import desk, instance, make_instance

__all__ = ["desk", "instance", "make_instance"]


def drawing(patch: pytest.MonkeyPatch, *drawn: str) -> Iterator[str]:
    """Let these ids be drawn, one after the other; what is left of them."""
    left = iter(drawn)
    patch.setattr(ids, "new_id", lambda prefix, _: f"{prefix}-{next(left)}")
    return left


def test_requests_never_share_a_reference(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    person = people.add_person(desk, californian(), actor=OWNER)
    left = drawing(monkeypatch, "AAAAAA", "AAAAAA", "CCCCCC", "CCCCCC", "DDDDDD")
    (first,) = requests.create_requests(desk, person.id, ["quick-mail"], actor=OWNER)
    assert first.request.id == "OPT-AAAAAA"
    made = requests.create_requests(desk, person.id, ["slow-post", "form-first"], actor=OWNER)
    assert [file.request.id for file in made] == ["OPT-CCCCCC", "OPT-DDDDDD"]
    assert list(left) == []


def test_people_never_share_a_number(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    drawing(monkeypatch, "AAAAAA", "MMMMMM", "AAAAAA", "CCCCCC", "NNNNNN")
    made = [people.add_person(desk, californian(), actor=OWNER).id for _ in range(2)]
    assert made == ["P-AAAAAA", "P-CCCCCC"]
