"""What letters call where people live."""

from __future__ import annotations

import pytest

from optout.domain.regions import residence_name


@pytest.mark.parametrize(("code", "name"), [
    ("US-CA", "California"), ("US-PR", "Puerto Rico"), ("CA-QC", "Quebec"), ("CA", "Canada"),
    ("DE", "Germany"), ("US-DE", "Delaware"), ("XX", "XX")])
def test_a_residence_has_a_name_that_cannot_be_mistaken(code: str, name: str) -> None:
    assert residence_name(code) == name
