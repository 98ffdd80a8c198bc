"""References: `OPT-` and six characters that no one misreads."""

from __future__ import annotations

import re
import secrets

ALPHABET = "23456789ACDEFGHJKMNPQRTVWXY"
"""Digits and capitals without look-alikes: at most one of 0 O, 1 I L, 2 Z, 5 S, 8 B, U V."""

_PATTERN = re.compile(rf"\bOPT-[{ALPHABET}]{{6}}\b")


def new_id(prefix: str, length: int = 6) -> str:
    """A random id such as `OPT-7K3M9Q`; drawn from the operating system's generator."""
    return f"{prefix}-" + "".join(secrets.choice(ALPHABET) for _ in range(length))


def references_in(text: str) -> tuple[str, ...]:
    """Every request reference in a text, in order, each once; letter case is forgiven."""
    return tuple(dict.fromkeys(_PATTERN.findall(text.upper())))
