"""Where one can look for oneself, as careful as the person must be."""

from __future__ import annotations

import pytest

from optout.domain.errors import NotFound
from optout.domain.person import Person
from optout.services.desk import Desk
from optout.services.search_links import search_links


def test_a_company_with_a_search_page_has_a_link(desk: Desk, avery: Person) -> None:
    ids = [broker.id for broker in desk.registry.all()]
    links = search_links(desk, avery.id, ids)
    assert set(links) == {b.id for b in desk.registry.all() if b.search is not None}
    assert "https://quickmail.example/search" in links.values()


def test_unknown_people_and_companies_are_refused(desk: Desk, avery: Person) -> None:
    with pytest.raises(NotFound):
        search_links(desk, "P-222222", ())
    with pytest.raises(NotFound):
        search_links(desk, avery.id, ["made-up"])
