"""Which way each part of a line runs, by the Unicode bidirectional algorithm.

The library resolves levels by the algorithm's rules up to version 6.2; the later rule for pairs
of brackets (N0) is added here, so that “name in one script (name in another)” comes out right.
Explicit direction marks never get here: `clean` drops them and the check before printing
refuses them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar
from unicodedata import bidirectional, category

from bidi import algorithm
from bidi.mirror import MIRRORED

_Piece = TypeVar("_Piece")
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
_SIDES = "LR"
_STRONG_AS = {"L": "L", "R": "R", "EN": "R", "AN": "R"}
"""How types count beside brackets (rule N0)."""


def runs_right_to_left(text: str) -> bool:
    """Whether any part of a text runs from right to left."""
    return any(bidirectional(character) in _RIGHT_TO_LEFT for character in text)


def levels_of(text: str) -> tuple[int, ...]:
    """The level of each character of a paragraph: even runs to the right, odd to the left.

    The paragraph runs the way of its first letter.
    """
    base = algorithm.get_base_level(text)
    if not base and not runs_right_to_left(text):
        return (0,) * len(text)
    found = algorithm.get_empty_storage()
    found["base_level"], found["base_dir"] = base, _SIDES[base]
    algorithm.get_embedding_levels(text, found)
    algorithm.explicit_embed_and_overrides(found)
    algorithm.resolve_weak_types(found)
    _resolve_brackets(found["chars"], _SIDES[base])
    algorithm.resolve_neutral_types(found, debug=False)
    algorithm.resolve_implicit_levels(found, debug=False)
    return tuple(character["level"] for character in found["chars"])


def in_sight_order(pieces: Sequence[tuple[int, _Piece]]) -> list[_Piece]:
    """Pieces of a line with their levels, from left to right as they are seen (rule L2)."""
    order = list(pieces)
    for level in range(max((level for level, _ in order), default=0), 0, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and order[end][0] >= level:
                end += 1
            order[start:end] = reversed(order[start:end])
            start = end + 1
    return [piece for _, piece in order]


def mirrored(text: str) -> str:
    """A text that runs to the left as it is seen: from its end, brackets turned round."""
    return "".join(MIRRORED.get(character, character) for character in reversed(text))


def _resolve_brackets(characters: Sequence[dict[str, Any]], along: str) -> None:
    """Give each pair of brackets the direction of what it holds (rule N0)."""
    for opening, closing in _pairs(characters):
        held = {_STRONG_AS.get(one["type"]) for one in characters[opening + 1:closing]} - {None}
        if not held:
            continue
        if along not in held:
            before = (_STRONG_AS.get(one["type"]) for one in reversed(characters[:opening]))
            side = next(filter(None, before), along)
        else:
            side = along
        characters[opening]["type"] = characters[closing]["type"] = side


def _pairs(characters: Sequence[dict[str, Any]]) -> list[tuple[int, int]]:
    """The places of brackets that belong together, in the order of the opening ones."""
    pairs: list[tuple[int, int]] = []
    opened: list[tuple[str, int]] = []
    for place, one in enumerate(characters):
        character = one["ch"]
        if category(character) == "Ps" and character in MIRRORED:
            opened.append((MIRRORED[character], place))
        elif category(character) == "Pe":
            for depth in range(len(opened) - 1, -1, -1):
                if opened[depth][0] == character:
                    pairs.append((opened[depth][1], place))
                    del opened[depth:]
                    break
    return sorted(pairs)
