"""The small words of the papers for people, in their own languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from types import MappingProxyType

from optout.documents.words import LETTER_PAPER, date_words
from optout.domain.progress import Stretch
from optout.settings import resource


@cache
def paper_languages() -> tuple[str, ...]:
    """The languages that papers can be written in, `en` first."""
    folder = resource("templates") / "letters"
    found = {entry.parent.parent.name for entry in folder.glob("*/papers/terms.txt")}
    return ("en", *sorted(found - {"en"}))


@cache
def paper_terms(language: str) -> Mapping[str, str]:
    """The small words of a language of papers, by their keys without `paper.`."""
    path = resource("templates") / "letters" / language / "papers" / "terms.txt"
    pairs = (line.split(" = ", 1) for line in path.read_text(encoding="utf-8").splitlines()
             if line.startswith("paper."))
    return MappingProxyType({key.removeprefix("paper."): value for key, value in pairs})


class PaperWords:
    """The words of one paper for one reader.

    Args:
        language: one of `paper_languages()`.
        country: ISO 3166-1 alpha-2; decides paper and date convention.
    """

    def __init__(self, language: str, country: str) -> None:
        self.language, self.country = language, country
        self._terms = paper_terms(language)

    @property
    def page(self) -> str:
        """`letter` or `a4`."""
        return "letter" if self.country in LETTER_PAPER else "a4"

    def __getitem__(self, key: str) -> str:
        return self._terms[key]

    def day(self, day: date) -> str:
        """A date in full."""
        return date_words(day, self.language, self.country)

    def short_day(self, day: date) -> str:
        """A date for a table, its month in three letters."""
        return self._terms[f"date.short.{self.page}"].format(
            day=day.day, month=self._terms[f"month.{day.month}"], year=day.year)

    def mark(self, day: date, stretch: Stretch) -> str:
        """The end of a stretch of time, below the axis of a plot."""
        return self._terms[f"date.{stretch}.{self.page}"].format(
            day=day.day, month=self._terms[f"month.{day.month}"], year=day.year)

    def count(self, key: str, number: int) -> str:
        """A number with its noun: `one company`, `12 companies`."""
        return self._terms[f"{key}.one" if number == 1 else f"{key}.many"].format(number=number)

    def listed(self, kind: str, values: Iterable[str]) -> str:
        """Words of the domain one after the other, each in the words of this language."""
        return ", ".join(self._terms[f"{kind}.{value}"] for value in values)
