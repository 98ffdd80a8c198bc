"""What a recipient is to the laws, by its role and by what it said of itself."""

from __future__ import annotations

import pytest

from optout.domain.words import Role
from optout.law.recipients import is_agency, is_bound, is_government, is_known_agency
from tests.planning.builders import broker


@pytest.mark.parametrize(("role", "marks", "known", "maybe"), [
    (Role.CONSUMER_REPORTING_AGENCY, (), True, True),
    (Role.BROKER, ("fcra_specialty_nationwide",), True, True),
    (Role.BROKER, ("fcra",), False, True),
    (Role.BROKER, ("glba",), False, False),
])
def test_who_says_that_the_fcra_governs_some_data_is_not_known_as_an_agency(
    role: Role, marks: tuple[str, ...], *, known: bool, maybe: bool
) -> None:
    firm = broker(role=role, regulated_as=marks)
    assert (is_known_agency(firm), is_agency(firm)) == (known, maybe)


@pytest.mark.parametrize(("country", "bound"), [("US", True), ("", True), ("DE", False)])
def test_federal_law_may_bind_an_agency_of_unknown_country(country: str, *, bound: bool) -> None:
    assert is_bound(broker(country=country, regulated_as=("fcra",))) is bound
    assert not is_bound(broker(country=country))


def test_nobody_is_no_government() -> None:
    assert is_government(broker(role=Role.GOVERNMENT_SYSTEM))
    assert not is_government(broker())
    assert not is_government(None)
