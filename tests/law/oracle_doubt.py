"""What the researched facts call uncertain, each free-text entry taken at its strictest."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Doubt:
    """What must not be asserted, or not be shown as fact, of one law.

    Args:
        rights: rights that could not be confirmed.
        details: rights of which but a detail could not.
        numbers: rights whose period could not.
        agent: the rule on agents could not; likewise `appeal` and `extension`.
        change: a coming change was read second-hand only.
    """

    rights: set[str] = field(default_factory=set)
    details: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)
    agent: bool = False
    appeal: bool = False
    extension: bool = False
    change: bool = False


def doubt_of(law: Mapping[str, Any], *, usable: bool) -> Doubt:
    """Read `low_confidence_fields`.

    Args:
        law: as parsed.
        usable: the facts index it among the laws that a person can use.
    """
    names = {right["right"] for right in law["rights"]}
    found = Doubt()
    for entry in law["low_confidence_fields"]:
        head, _, detail = entry.partition(" ")
        if head == "all":
            found.rights |= names - _excepted(detail, names, usable=usable)
            found.agent = found.appeal = found.extension = True
        elif head.startswith("rights"):
            _read_right(found, head, detail, names)
        elif head == "agent":
            found.agent = found.agent or not detail
        elif head in {"appeal", "extension"}:
            setattr(found, head, True)
        elif head == "upcoming_changes":
            found.change = True
    return found


def _excepted(detail: str, names: set[str], *, usable: bool) -> set[str]:
    # An exception that names no right vouches for a clock alone. That the law is indexed as
    # usable then tells that the plainest right on that clock stands, and no more.
    named = {name for name in names if name in detail.split()}
    return named or ({"access"} if usable and detail else set())


def _read_right(found: Doubt, head: str, detail: str, names: set[str]) -> None:
    _, _, name = head.partition(".")
    if not name:
        found.rights |= names - {detail.removeprefix("other than ")}
        return
    (found.details if detail else found.rights).add(name)
    if re.search(r"\d+ (days|hours)", detail):
        found.numbers.add(name)
