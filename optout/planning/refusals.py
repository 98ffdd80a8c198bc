"""What a recipient says when it refuses: what can be read in it, and what stays out of a quote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from optout.domain.person import Person
from optout.planning.facts import main_name

_PUBLIC = re.compile(
    r"\bpublic(?:ly)?[\s-]+(?:and\s+\w+\s+)?(?:available|accessible|records?|information|data|"
    r"sources?|registers?|domain|filings?)\b"
    r"|\b(?:öffentlich\w*|allgemein)[\s-]+(?:zugänglich|bekannt|verfügbar|einsehbar|daten|"
    r"informationen|quellen|register|verzeichnis)"
    r"|\b(?:données|informations?|sources?|registres?)\s+publi(?:cs?|ques?)\b"
    r"|\bpubliquement\s+(?:accessible|disponible)|\baccessibles?\s+au\s+public\b"
    r"|\b(?:datos|información|fuentes?|registros?)\s+públic[oa]s?\b"
    r"|\bpúblicamente\s+(?:accesible|disponible)|\b(?:de\s+acceso|accesibles?\s+al)\s+público\b",
    re.IGNORECASE)
"""In the languages that letters are written in."""
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_MAILBOX = re.compile(r"[^\s<>()\[\],;:]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"\+?\(?\d(?:[ ().-]{0,2}\d){9,14}(?!\d)")


def says_public(words: str) -> bool:
    """Whether they call what they hold public: the reason that is given most."""
    return _PUBLIC.search(words) is not None


def without_private(words: str, person: Person, day: date, *, mark: str) -> str:
    """Somebody's words without the person's places, numbers, mailboxes, links and other names.

    Words that came back may tell of the person what the request never told, and go on from a
    letter into a file that others read.

    Args:
        words: of a recipient.
        person: whose private values stay out.
        day: decides which name stays in: the one that letters show.
        mark: what stands in their place.
    """
    for value in sorted(set(_private(person, day)), key=len, reverse=True):
        if value.strip():
            spaced = r"\s+".join(map(re.escape, value.split()))
            words = re.sub(rf"(?<!\w){spaced}(?!\w)", lambda _: mark, words, flags=re.IGNORECASE)
    for pattern in (*_birth_dates_in_words(person), _LINK, _MAILBOX, _PHONE):
        words = pattern.sub(lambda _: mark, words)
    return words


def _private(person: Person, day: date) -> Iterator[str]:
    shown = main_name(person, day)
    yield from (name.full for name in person.names if shown is None or name.full != shown.full)
    for place in person.addresses:
        yield from (*place.address.lines, place.address.city_line, place.address.postal_code)
    points = (*person.emails, *person.phones, *person.advertising_ids)
    yield from (point.value for point in points)
    yield from _birth_dates(person)


def _birth_dates(person: Person) -> Iterator[str]:
    born = person.date_of_birth
    if born is None:
        return
    yield from (born.isoformat(), f"{born:%m/%d/%Y}", f"{born.month}/{born.day}/{born.year}",
                f"{born:%d/%m/%Y}", f"{born:%d.%m.%Y}", f"{born.day}.{born.month}.{born.year}")


def _birth_dates_in_words(person: Person) -> Iterator[re.Pattern[str]]:
    """The day and the year around a month in any language: `12. April 1985`, `12 de abril de 1985`.

    Nobody needs another date that differs by its month alone.
    """
    born = person.date_of_birth
    if born is None:
        return
    of, month = r"(?:de\s+|del\s+|of\s+)?", r"[^\W\d_]+\.?"
    day = rf"(?<!\d)0?{born.day}(?:\.|st|nd|rd|th|er|º)?"
    yield re.compile(rf"{day}\s+{of}{month},?\s+{of}{born.year}(?!\d)", re.IGNORECASE)
    yield re.compile(rf"\b{month}\s+{day},?\s+{born.year}(?!\d)", re.IGNORECASE)
