"""What reminders say: as little as was chosen, in an e-mail and on the desktop."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from email import message_from_bytes, policy

from optout.domain.discretion import Discretion
from optout.domain.request import DueItem
from optout.services.digest import Digest
from optout.services.discretion import TO_DO, summary_of

MOST_LINES = 20
"""Tasks of each group that are listed; the others are counted."""

TEST_SUBJECT = "Test"
TEST_TEXT = ("This is a test. If you can read it, reminders reach you here.\n\n"
             "Reminders themselves are off until you switch them on.\n")
DESKTOP_TITLE = "Reminder"

_LINE = "- "
_BARE = re.compile(r"privacy follow-up \d+|and \d+ more")


def digest_subject(digest: Digest, chosen: str) -> str:
    """The subject: what the person chose, or a count that says nothing about what it is of."""
    number = digest.now_count or digest.week_count
    return chosen or ("1 reminder" if number == 1 else f"{number} reminders")


def digest_text(digest: Digest, discretion: Discretion) -> str:
    """The words: late, today, and this week, each with its first tasks; no name of anybody."""
    groups = ((digest.late, digest.late_count, "Late"), (digest.today, digest.today_count, "Today"),
              (digest.week, digest.week_count, "In the next seven days"))
    several = len({item.follow_up.person_id for items, *_ in groups for item in items}) > 1
    blocks = ["\n".join(_group(items, number, title, discretion, several=several))
              for items, number, title in groups if number]
    blocks.append("What to do about each stands on your own computer.")
    blocks.append("You get this because you switched reminders on there. "
                  "Under “Reminders” you can switch them off.")
    return "\n\n".join(blocks) + "\n"


def level_of(raw: bytes) -> Discretion:
    """How much an e-mail that was written down says about its tasks."""
    text = message_from_bytes(raw, policy=policy.default).get_content()
    said = [line.removeprefix(_LINE) for line in text.splitlines() if line.startswith(_LINE)]
    more = {words for words in said if not _BARE.fullmatch(words)}
    if not more:
        return Discretion.NUMBER
    return Discretion.KIND if more <= set(TO_DO.values()) else Discretion.COMPANY


def desktop_text(number: int, *, at_risk: bool) -> str:
    """The one line on the desktop; even less where someone at risk might be given away."""
    if at_risk:
        return "1 reminder" if number == 1 else f"{number} reminders"
    return ("1 privacy follow-up is due" if number == 1 else
            f"{number} privacy follow-ups are due")


def _group(
    items: Sequence[DueItem], number: int, title: str, discretion: Discretion, *, several: bool,
) -> Iterator[str]:
    yield f"{title} ({number})"
    for item in items[:MOST_LINES]:
        words = summary_of(item.follow_up, item.broker_name, discretion, with_person=several)
        yield f"{_LINE}{words}"
    if number > len(items[:MOST_LINES]):
        yield f"{_LINE}and {number - len(items[:MOST_LINES])} more"
