"""The words for each right: all there, all fillable, all short."""

from __future__ import annotations

from pathlib import Path

import pytest

from optout.documents.words import compose_letter
from optout.domain.footing import Footing
from optout.domain.words import ActingAs, Fact, Right
from optout.settings import resource
from tests.documents.orders import ORDERS, changed

ASKS = resource("templates") / "letters" / "en" / "asks"
LONGEST_HEADING, LONGEST_ASK = 75, 420


@pytest.mark.parametrize("acting_as", [ActingAs.SELF, ActingAs.AGENT])
@pytest.mark.parametrize("right", Right)
def test_every_right_can_be_asked_for(right: Right, acting_as: ActingAs) -> None:
    order = changed(
        ORDERS["california"], footings=(Footing("xx-any-law", right, "Any Act", "Sec. 1"),),
        facts={Fact.REASON: ("It is wrong",)}, acting_as=acting_as, agent_name="Robin Example")
    heading, _, text = next(
        p for p in compose_letter(order).paragraphs if p.startswith("- ")).partition("\n")
    assert heading.endswith(" (Sec. 1).")
    assert len(heading) <= LONGEST_HEADING
    assert 0 < len(text) <= LONGEST_ASK


@pytest.mark.parametrize("path", sorted(ASKS.rglob("*.txt")), ids=lambda path: path.stem)
def test_every_ask_is_for_a_right(path: Path) -> None:
    assert path.stem in {right.value for right in Right}
