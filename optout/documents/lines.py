"""Breaking text into lines: words measured once, no hyphens, nothing ever cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from optout.documents.direction import levels_of
from optout.documents.script_line import ScriptLine, set_line
from optout.documents.typeface import font

_NBSP = "\N{NO-BREAK SPACE}"
_BOUND = re.compile(
    r"(§+|\b(?:Arts?|Articles?|Rules?|Sec|[Ss]ections?|[Cc]hapter|No|Code|CCR|CFR|USC|U\.S\.C"
    r"|N\.J\.S\.A|RCW|[KNO]RS|subd|Box|Suite|Abs|Nr|Buchst|articles?|paragraphes?|points?|n°"
    r"|artículos?|apartados?|letras?|n\.º)\.?) (?=\d|[a-z]\)|[a-z] (?:DSGVO|oder)\b)"
    r"|(?<=Stat\.) (?=§)|(?<=Code) (?=§)|(?<=\d) (?=[AP]M\b)"
    r"|(?<=\d) (?=(?:calendar |business )?(?:days?|months?|hours?)\b"
    r"|(?:Kalendert|Arbeitst|T)agen?\b|Monaten?\b|Stunden\b|jours\b|mois\b|heures\b|días\b|meses\b|horas\b)"
    r"|(?<=\d\.) (?=[A-Z][a-zä]+ \d{4}\b)|(?<=\d) (?=(?:de )?[a-zéû]+ (?:de )?\d{4}\b)")
_BREAK_AFTER = frozenset("/-?&=._@,;:")
_WORDS_KEPT = 20_000
_word_widths: dict[tuple[str, str], float] = {}


def bind(text: str) -> str:
    """Put no-break spaces where a line must not end: `§ 12`, `Art. 17`, `45 days`.

    Likewise `Abs. 1`, `article 17`, `letra g)`, `24 novembre 2026` in the other languages.
    """
    return _BOUND.sub(lambda found: (found[1] or "") + _NBSP, text)


def word_width(face: str, word: str) -> float:
    """The width of a word in thousandths of the type size."""
    key = (face, word)
    width = _word_widths.get(key)
    if width is None:
        width = font(face).stringWidth(word, 1000)
        if len(_word_widths) >= _WORDS_KEPT:
            _word_widths.clear()
        _word_widths[key] = width
    return width


def text_width(face: str, size: float, text: str) -> float:
    """The width of a line in points."""
    if isinstance(text, ScriptLine):
        return text.width * size / 1000
    space = word_width(face, " ")
    words = text.split(" ")
    return (sum(word_width(face, word) for word in words) + space * (len(words) - 1)) * size / 1000


@lru_cache(maxsize=2_048)
def broken(face: str, size: float, text: str, width: float) -> tuple[str, ...]:
    """A text as lines of at most `width` points.

    A word that is wider than a whole line is divided, after a slash, hyphen or full stop
    where it has one; letters always repeat their sentences, so results are kept. Lines that the
    face alone cannot write come out set, with their parts in the order in which they are seen.
    """
    limit, space = width * 1000 / size, word_width(face, " ")
    lines: list[str] = []
    parts: list[str] = []
    used = 0.0
    for between, word in _fitting(face, bind(text), limit):
        wide = word_width(face, word)
        gap = space if between else 0.0
        if parts and used + gap + wide > limit:
            lines.append("".join(parts))
            parts, used = [], 0.0
        if parts:
            parts.append(between)
            used += gap
        parts.append(word)
        used += wide
    lines.append("".join(parts))
    return tuple(lines) if font(face).is_plain(text) else _set(face, lines, bind(text))


def _set(face: str, lines: list[str], text: str) -> tuple[str, ...]:
    """Lines with other scripts in them, set by the directions of the whole text."""
    levels, start, done = levels_of(text), 0, list[str]()
    for line in lines:
        end = start + len(line)
        plain = font(face).is_plain(line) and not any(levels[start:end])
        done.append(line if plain else set_line(font(face), line, levels[start:end]))
        start = end + (text[end:end + 1] == " ")
    return tuple(done)


def _fitting(face: str, text: str, limit: float) -> Iterator[tuple[str, str]]:
    """The words of a text, each after what parts it from the one before: a space, or nothing.

    Those that no line can hold come in pieces.
    """
    for word in text.split(" "):
        if word_width(face, word) <= limit:
            yield " ", word
        else:
            for number, piece in enumerate(_pieces(face, word, limit)):
                yield "" if number else " ", piece


def _pieces(face: str, word: str, limit: float) -> list[str]:
    pieces: list[str] = []
    start = good = 0
    used = 0.0
    for index, character in enumerate(word):
        wide = word_width(face, character)
        while index > start and used + wide > limit:
            end = good if good > start else index
            pieces.append(word[start:end])
            used = sum(word_width(face, c) for c in word[end:index])
            start = end
        used += wide
        if character in _BREAK_AFTER:
            good = index + 1
    return [*pieces, word[start:]]
