"""Limits as one clause that can be read: what is said of the same subject is said together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from optout.documents.clean import clean
from optout.domain.footing import Limit

_BEFORE_I = re.compile(r"h?[ií](?![aeo])", re.IGNORECASE)
"""Words before which Spanish says “e” for “and”."""


def limits_clause(limits: Sequence[Limit], words: Mapping[str, str], voice: str) -> str:
    """Limits as words after "to the extent that"; empty for none.

    `you are A` and `you are not B` become `you are A and are not B`; the next subject begins
    with a "that" of its own (`limit.again`). A language may gather nothing.

    Args:
        limits: the limits, in the order in which the letter says them.
        words: the small words of the language; `limit.subjects` names the subjects.
        voice: `self` or `other`: what stands for “the person” in a limit.
    """
    said: dict[str, list[str]] = {}
    for limit in limits:
        clause = _voiced(clean(limit.text).rstrip(".").removeprefix("that "), words, voice)
        subject = _subject_of(clause, words)
        said.setdefault(subject or clause, []).append(clause.removeprefix(subject).strip())
    clauses = [listing(rests, words) if subject in rests else f"{subject} {listing(rests, words)}"
               for subject, rests in said.items()]
    return listing((clause if place == 0 else f"{words['limit.again']} {clause}"
                    for place, clause in enumerate(clauses)), words,
                   commas=len(limits) > len(clauses))


def _voiced(clause: str, words: Mapping[str, str], voice: str) -> str:
    """The clause from the mouth of whoever writes the letter.

    The English of the law data speaks of “the person”; translations are right for both voices.
    """
    if "limit.person" not in words:
        return clause
    return clause.replace(words["limit.of_person"], words[f"{voice}.my"]).replace(
        words["limit.person"], words[f"{voice}.me"])


def _subject_of(clause: str, words: Mapping[str, str]) -> str:
    """The subject that a clause begins with, if it is one of those that are gathered."""
    return next((subject for subject in words.get("limit.subjects", "").split(" | ")
                 if clause.startswith(f"{subject} ")), "")


def listing(parts: Iterable[str], words: Mapping[str, str], *, commas: bool = False) -> str:
    """`A`, `A and B`, `A, B, and C`; with commas, two parts are divided by one as well."""
    *most, last = list(parts) or [""]
    if not most:
        return last
    pattern = words["join.many" if commas or len(most) > 1 else "join.two"]
    if _BEFORE_I.match(last):
        pattern = words.get("join.before_i", pattern)
    return pattern.replace("{first}", ", ".join(most)).replace("{last}", last)
