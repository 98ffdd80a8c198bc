"""What a letter says, read on a page: the same words and numbers as in what is sent."""

from __future__ import annotations

import pytest

from optout.documents.eml import letter_text
from optout.domain.document import Letter
from optout.services import letters
from tests.web.conftest import World
from tests.web.visitor import Visitor


@pytest.mark.parametrize(("broker", "mark"), [
    ("sample-people-search", "- Do not sell"), ("sample-post", "2. ")])
def test_the_page_reads_as_what_is_sent(
    world: World, visitor: Visitor, broker: str, mark: str
) -> None:
    page = world.asked(broker)
    request = page.path.partition("#")[0].split("/")[2]
    letter = letters.compose(world.instance.desk, request)
    assert isinstance(letter, Letter)
    sent = letter_text(letter)
    assert f"\n{mark}" in sent
    shown = " ".join(visitor.get(f"/requests/{request}/words").text.split())
    assert " ".join(sent.split()) in shown
