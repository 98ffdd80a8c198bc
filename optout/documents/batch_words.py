"""The small words of the papers around a batch of letters, read once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from optout.settings import resource


@cache
def batch_terms(language: str = "en") -> Mapping[str, str]:
    """The words by their keys."""
    path = resource("templates") / "letters" / language / "batch" / "terms.txt"
    pairs = (line.split(" = ", 1) for line in path.read_text(encoding="utf-8").splitlines()
             if " = " in line and not line.startswith("#"))
    return MappingProxyType({key.strip(): value.strip() for key, value in pairs})


def counted(key: str, number: int) -> str:
    """A number with its noun: `1 letter`, `12 letters`."""
    return batch_terms()[f"{key}.one" if number == 1 else f"{key}.many"].format(
        number=f"{number:,}")
