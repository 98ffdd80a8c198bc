"""The table as CSV: a row for each right, recipient, capacity and span of days."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from optout.services.law_table.places import ASKING
from optout.services.law_table.sections import Answers

COLUMNS = ("place", "place_name", "recipient", "who_asks", "from", "until", "law", "law_name",
           "right", "may_be_asserted", "citation", "answer_within", "unit", "answer_in_words",
           "only_to_the_extent_that", "why_not")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def rows_of(answers: Sequence[Answers]) -> Iterator[tuple[str, ...]]:
    """Every row, in the order of the places; `until` is empty where no later change is known."""
    for one in answers:
        for asking, spans in zip(ASKING, one.spans, strict=True):
            for of in spans.values():
                for span in of:
                    entry = span.entry
                    yield (
                        one.place.code, one.place.name, one.kind.name, asking.name,
                        span.since.isoformat(), span.until.isoformat() if span.until else "",
                        entry.law, entry.law_name, entry.right.value if entry.right else "",
                        "yes" if entry.may else "no", entry.citation, entry.number, entry.unit,
                        entry.answer, "; ".join(limit.text for limit in entry.limits),
                        entry.why)


def as_csv(rows: Sequence[Sequence[str]]) -> bytes:
    """The file, in UTF-8; no cell begins like a formula, so that opening it runs nothing."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([_harmless(cell) for cell in row])
    return out.getvalue().encode()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
