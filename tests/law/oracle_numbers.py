"""The numbers of the researched facts: which periods a clock may show, and from what it runs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.law.oracle import Facts

Period = tuple[int, str] | None

_STARTS = (
    (r"\bDROP\b|mechanism", {"pick_up"}),
    (r"authentication|verified", {"verification"}),
    (r"identity proof", {"complete"}),
    (r"valid", {"receipt", "complete"}),
    (r"component|notice to|for review|yearly", {"receipt", "other"}),
    (r"", {"receipt"}),
)


@dataclass(frozen=True)
class Numbers:
    """What may be shown for one right: each field holds every answer that the facts bear."""

    answer: frozenset[Period]
    starts: frozenset[str]
    extension: frozenset[Period]
    acknowledgement: frozenset[Period]
    appeal: frozenset[Period]


def numbers(
    facts: Facts, law: str, right: str, day: str, *, by_post: bool, marks: frozenset[str]
) -> Numbers:
    """The numbers of a right.

    Args:
        facts: the second reading.
        law: its id.
        right: its name in the facts.
        day: the day on which the clock starts.
        by_post: the request came by post.
        marks: what the recipient is regulated as.
    """
    fact, rule, doubt = facts.laws[law], facts.right(law, right), facts.doubts[law]
    unsure = fact["confidence"] == "low" or right in doubt.rights
    answer = _answer(fact, rule, day, by_post=by_post, marks=marks)
    if right in doubt.numbers:
        answer = {None}
    appeal = _period(fact["appeal"]["business_must_answer"])
    extension = None if doubt.extension else _period(rule["extension"])
    starts = str((rule["deadline"] or rule["acknowledgement"] or {}).get("starts"))
    loose: set[Period] = {None} if unsure else set()
    doubted: set[Period] = {None} if doubt.appeal else {appeal, None} if doubt.numbers else {appeal}
    return Numbers(
        answer=frozenset(answer | loose),
        starts=frozenset(next(kinds for words, kinds in _STARTS
                              if re.search(words, starts, re.IGNORECASE))),
        extension=frozenset({extension} | loose | (answer & {None})),
        acknowledgement=frozenset({_period(rule["acknowledgement"])} | loose),
        appeal=frozenset(doubted | loose))


def _period(fact: Mapping[str, Any] | None) -> Period:
    return (fact["number"], fact["unit"]) if fact and fact["number"] else None


def _answer(
    fact: Mapping[str, Any], rule: Mapping[str, Any], day: str, *, by_post: bool,
    marks: frozenset[str],
) -> set[Period]:
    period, note = _period(rule["deadline"]), rule.get("note") or ""
    if period is None:
        return {None}
    mail = re.search(r"By mail: (\d+) business days", note)
    if by_post and mail:
        return {(int(mail[1]), "business_days")}
    if "nationwide" in rule["deadline"]["starts"]:
        bound: dict[str, set[Period]] = {
            "fcra_specialty_nationwide": {period}, "fcra_nationwide": {period, None}}
        return bound.get(next(iter(marks), ""), {None})
    for change in fact["upcoming_changes"]:
        moved = re.search(r"every (\d+)-day period .* becomes (\d+) days", change["change"])
        if moved and change["confidence"] != "low" and change["date"] <= day and (
                period[0] == int(moved[1])):
            return {(int(moved[2]), period[1])}
    return {period}
