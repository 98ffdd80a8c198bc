"""What comes back goes another way; two requests for the same become one, and two again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from playwright.sync_api import expect

from optout.domain.actor import OWNER
from optout.domain.words import Channel, Standing
from optout.services import letters, people, requests
from optout.store import requests as rows
from tests.browser.before import desk_in
from tests.browser.conftest import Opener
from tests.browser.server import App
from tests.browser.steps import mark_as_sent, unlock
from tests.browser.visitor import PHONE, Visitor
from tests.factories import californian

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Asked:
    """The ids of two requests that were sent by e-mail for the same."""

    keep: str
    twin: str


@pytest.fixture
def asked(world: Path) -> Asked:
    """Somebody asked a company twice, as an older folder may have it."""
    with desk_in(world) as desk:
        person = people.add_person(desk, californian(), actor=OWNER)
        (file,) = requests.create_requests(desk, person.id, ["truthfinder"],
                                           channel=Channel.EMAIL, actor=OWNER)
        keep = file.request
        with desk.store.writing() as session:
            twin = replace(keep, id=rows.free_id(session), standing=Standing.DRAFT, moved_on=None)
            rows.add_many(session, [twin])
        for one in (keep.id, twin.id):
            letters.generate(desk, person.id, request_ids=[one], actor=OWNER)
            requests.mark(desk, one, "mark_sent", actor=OWNER)
    return Asked(keep.id, twin.id)


def test_a_bounce_goes_another_way_and_a_duplicate_is_merged_and_comes_back(
    asked: Asked, app: App, window: Opener
) -> None:
    visitor = window(app)
    visitor.open(app.link)
    unlock(visitor)
    goes_another_way_and_back(visitor, asked.keep)
    visitor.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    visitor.size = PHONE
    becomes_one_and_two_again(visitor, asked)


def goes_another_way_and_back(visitor: Visitor, request_id: str) -> None:
    """From the message about a mailbox that is gone to a letter, and all of it taken back."""
    visitor.open(f"/requests/{request_id}")
    answer = visitor.unfold("They wrote back")
    answer.get_by_label("It came back undelivered").check()
    answer.get_by_label("Their words").fill("550 The address has no mailbox here.")
    visitor.press("Record this answer", within=answer)
    heads = visitor.page.locator("h2").all_inner_texts()
    assert heads[:2] == ["Came back undelivered", "Another way to them"]
    visitor.sees("550 The address has no mailbox here.")
    expect(visitor.page.locator("#sent-form")).to_be_hidden()
    visitor.press("Prepare it this way", within=visitor.region("Another way to them"))
    visitor.sees("It is ready to go another way: Letter by post.")
    assert visitor.fetch("Download: Letter (PDF)").content.startswith(b"%PDF")
    mark_as_sent(visitor)
    visitor.sees("They must answer by")
    for standing in ("Ready to send", "Came back undelivered"):
        visitor.press("Undo the last entry")
        assert visitor.page.locator("h2").first.inner_text() == standing
    visitor.sees("Did not go through: E-mail")


def becomes_one_and_two_again(visitor: Visitor, asked: Asked) -> None:
    """From the note that something was asked twice to one request, and back."""
    visitor.open(f"/requests/{asked.keep}")
    visitor.follow("Merge it into this one", within=visitor.region("Asked twice"))
    assert visitor.heading == f"Merge {asked.twin} into {asked.keep}?"
    visitor.press("Merge them")
    visitor.sees(f"{asked.twin} is merged into this request.")
    visitor.follow(asked.twin, within=visitor.region("Merged into this request"))
    visitor.sees("It is a duplicate.")
    assert "Record an answer" not in visitor.text
    assert "Write it" not in visitor.text
    visitor.page.go_back()
    visitor.arrived()
    visitor.press(f"Undo the merge of {asked.twin}")
    assert visitor.heading == f"Request {asked.twin}"
    assert visitor.page.locator("h2").first.inner_text() == "Sent, no answer yet"
    visitor.follow(asked.keep, within=visitor.region("Asked twice"))
    assert "Merged into this request" not in visitor.text
