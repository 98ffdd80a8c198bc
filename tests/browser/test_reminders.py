"""Reminders as they reach a person; a task that is put off, set aside, and taken back."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from optout.clock import HandClock
from optout.domain.actor import OWNER
from optout.services import followups, people, requests
from optout.services.desk import Library
from optout.services.instance import Instance
from optout.settings import Settings
from optout.vault.keyfile import CHEAP
from tests.browser.conftest import Opener
from tests.browser.people import PASSPHRASE
from tests.browser.server import App
from tests.browser.steps import lock, unlock
from tests.browser.visitor import PHONE, Visitor
from tests.factories import californian
from tests.mail_server import PASSWORD, RECIPIENT, SENDER, USER, Post, post
from tests.program import NOW

pytestmark = pytest.mark.browser

WORDS = "Ask at the desk of the blue heron."
WITHIN = 20.0
"""Seconds until a reminder that is due has left."""


@pytest.fixture
def waiting(world: Path) -> str:
    """Somebody asked a company long ago, and wants to be reminded of something today."""
    settings = Settings(instance=world / "instance")
    world.mkdir()
    clock = HandClock(NOW - timedelta(days=60))
    instance = Instance(settings, clock, Library(settings), cost=CHEAP)
    desk = instance.create(PASSPHRASE)
    person = people.add_person(desk, californian(), actor=OWNER)
    (file,) = requests.create_requests(desk, person.id, ["truthfinder"], actor=OWNER)
    requests.mark(desk, file.request.id, "mark_sent", actor=OWNER)
    followups.remind_me(desk, on=NOW.date(), words=WORDS, person_id=person.id, actor=OWNER)
    instance.lock()
    return person.id


@pytest.mark.usefixtures("waiting")
def test_a_reminder_arrives_and_what_it_is_of_is_put_off_set_aside_and_taken_back(
    app: App, window: Opener
) -> None:
    visitor = window(app)
    visitor.open(app.link)
    unlock(visitor)
    with post(sign_in=True) as office:
        is_switched_on(visitor, office)
        assert len(office.mails) == 1, "nothing but the test was sent"
        lock(visitor)
        unlock(visitor)
        arrives(visitor, office)
    visitor.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    visitor.size = PHONE
    is_put_off_and_back(visitor)
    is_set_aside_and_back(visitor)


def is_switched_on(visitor: Visitor, office: Post) -> None:
    """From nothing to e-mails, by way of the mail server and a test."""
    page = visitor.page
    visitor.open("/reminders")
    visitor.follow("Enter your mail server")
    for label, words in (("Name of the mail server", "127.0.0.1"), ("Port", str(office.port)),
                         ("User name", USER), ("Password", PASSWORD),
                         ("The address that they come from", SENDER),
                         ("The address that reminders go to", RECIPIENT)):
        page.get_by_label(label, exact=True).fill(words)
    page.get_by_label(re.compile("None: only for a mail server")).check()
    visitor.press("Keep this")
    visitor.sees("Nothing was sent yet")
    visitor.press("Send a test now")
    visitor.sees("The mail server took it.")
    page.get_by_label(re.compile("On each day on which")).check()
    visitor.press("Switch e-mails on")
    visitor.sees("At most one e-mail a day comes from now on")


def arrives(visitor: Visitor, office: Post) -> None:
    """It comes without a hand, and says no more than numbers."""
    until = time.monotonic() + WITHIN
    while len(office.mails) < 2 and time.monotonic() < until:
        time.sleep(0.1)
    _, raw = office.mails
    mail = message_from_bytes(raw, policy=policy.default)
    assert mail["To"] == RECIPIENT
    assert re.fullmatch(r"\d reminders", mail["Subject"])
    said = mail.get_content()
    assert re.search(r"Today \(1\)\s+- privacy follow-up \d+\s", said)
    assert "heron" not in said
    assert "TruthFinder" not in said
    visitor.open("/reminders")
    assert visitor.page.locator("#outbox-head ~ ul .tag").all_inner_texts() == ["Sent", "Sent"]


def is_put_off_and_back(visitor: Visitor) -> None:
    """Off today’s list until tomorrow, and back at once."""
    visitor.open("/due")
    today = visitor.region(re.compile("Due today"))
    assert WORDS in today.inner_text()
    visitor.unfold("Not now", within=today)
    visitor.press("Tomorrow", within=today)
    visitor.sees("Put off. It comes back on Nov 26, 2026.")
    assert not visitor.region(re.compile("Due today")).count()
    visitor.press("Undo")
    visitor.sees("Taken back. It is on the list again.")
    assert WORDS in visitor.region(re.compile("Due today")).inner_text()


def is_set_aside_and_back(visitor: Visitor) -> None:
    """Not needed, for a reason that is kept, and needed again."""
    today = visitor.region(re.compile("Due today"))
    visitor.unfold("Not now", within=today)
    today.get_by_label("Not needed, because").fill("She told me herself.")
    visitor.press("Set aside", within=today)
    visitor.sees("Set aside. Your reason is kept with it.")
    assert not visitor.region(re.compile("Due today")).count()
    visitor.press("Undo")
    assert WORDS in visitor.region(re.compile("Due today")).inner_text()
