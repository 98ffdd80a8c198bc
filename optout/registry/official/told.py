"""What the filings of one broker tell together: one yes is a yes, and figures add up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from optout.registry.official.filing import Filing
from optout.registry.official.layout import Layout


def newest(filings: Sequence[Filing]) -> list[Filing]:
    """Those of the newest year among them."""
    year = max(filing.year for filing in filings)
    return [filing for filing in filings if filing.year == year]


def source(filings: Sequence[Filing], layout: Layout, today: date) -> dict[str, Any]:
    """The official file as a source; one of an older year tells of that year, whenever it is read.

    Args:
        filings: of one broker; at least one.
        layout: of the file.
        today: the day on which it is read.
    """
    year = newest(filings)[0].year
    checked = min(today, date(year, 12, 31))
    return {"url": layout.source(year, today.year), "checked": checked.isoformat(),
            "confidence": "high"}


def registration(filing: Filing) -> dict[str, Any]:
    """The filing as it stands in `registered_in`."""
    found: dict[str, Any] = {"registry": filing.registry, "year": filing.year}
    return found | ({"id": filing.id} if filing.id else {})


def registrations(filings: Sequence[Filing]) -> list[dict[str, Any]]:
    """One registration a year, the newest first."""
    years: dict[int, Filing] = {}
    for filing in filings:
        years.setdefault(filing.year, filing)
    return [registration(years[year]) for year in sorted(years, reverse=True)]


def answers(filings: Sequence[Filing]) -> dict[str, bool]:
    """Every answer of the newest year."""
    found: dict[str, bool] = {}
    for filing in newest(filings):
        for flag, answer in filing.reported.items():
            found[flag] = found.get(flag, False) or answer
    return found


def reported(filings: Sequence[Filing], known: Mapping[str, bool] | None = None) -> dict[str, bool]:
    """The answers as the registry keeps them, over those that it has already.

    A no to “do you sell to” is worth telling; of what it collects only a yes is kept.
    """
    told = answers(filings)
    kept = {flag: answer for flag, answer in (known or {}).items() if flag not in told}
    return kept | {flag: answer for flag, answer in told.items()
                   if answer or flag.startswith("sold_")}


def regulated_as(filings: Sequence[Filing]) -> list[str]:
    """The laws that any filing of the newest year names."""
    return list(dict.fromkeys(law for filing in newest(filings) for law in filing.regulated_as))


def deletion_requests(filings: Sequence[Filing]) -> dict[str, Any]:
    """The figures of the newest year; of several filings there is no median."""
    telling = [filing for filing in newest(filings) if filing.deletions]
    if not telling:
        return {}
    found: dict[str, Any] = {"filed": telling[0].year}
    for name in ("received", "complied", "partly", "denied"):
        figures = [filing.deletions[name] for filing in telling if name in filing.deletions]
        if figures:
            found[name] = sum(figures)
    median = telling[0].deletions.get("median_days")
    if len(telling) == 1 and median is not None and found["received"]:
        found["median_days"] = median
    return found
