"""What was asked, what companies say, what was seen, where it stands: tables for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest

from optout.documents.clean import clean
from optout.documents.paper_words import PaperWords
from optout.documents.papers import sheet_of
from optout.domain.document import Sheet, SheetPlot
from optout.domain.document_words import PaperKind
from optout.domain.outcome_words import Claim, LookResult
from optout.domain.papers import AskedOf, NextDate
from optout.domain.progress import PLOTS, Progress
from optout.domain.words import Standing

_DATES_SHOWN = 12
_ASKED_SHOWN = 12
_STRETCHES_SHOWN = 12
_NBSP = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class ProgressOrder:
    """What a report, or the paper about what is being done, tells of.

    Args:
        day: how it stood on that day.
        asked: every request, in the order in which they were made.
        person_name: whose it is.
        drafts: how many drafts for a lawyer there are; these are counted and never named.
        over_time: the same counted at the end of every week or month; None where it is not told.
    """

    day: date
    asked: Sequence[AskedOf]
    person_name: str
    drafts: int = 0
    over_time: Progress | None = None


def compose_progress(order: ProgressOrder, words: PaperWords) -> Sheet:
    """The progress report: numbers, dates, and a table of every request.

    Raises:
        UnwritableText: for control characters in a value.
    """
    dated = _dated(order.asked)
    plots = _plots(order.over_time, words) if order.over_time else ()
    sheet = sheet_of(PaperKind.PROGRESS, words, {
        "person": clean(order.person_name), "day": words.day(order.day),
        "numbers": _numbers(order.asked, words) if order.asked else "",
        "drafts": str(order.drafts) if order.drafts else "",
        "over_time": _tables(plots, order.over_time, words) if order.over_time and plots else "",
        "dates": _dates(dated[:_DATES_SHOWN], words, order.day),
        "more_dates": str(len(dated) - _DATES_SHOWN) if len(dated) > _DATES_SHOWN else "",
        "table": _table(order.asked, words, order.day),
    })
    return replace(sheet, plots=plots)


def compose_what_we_do(order: ProgressOrder, words: PaperWords) -> Sheet:
    """What is asked of whom and in which order, what to do, what not to do, which dates come.

    Raises:
        UnwritableText: for control characters in a value.
    """
    shown, more = order.asked[:_ASKED_SHOWN], len(order.asked) - _ASKED_SHOWN
    return sheet_of(PaperKind.WHAT_WE_DO, words, {
        "day": words.day(order.day),
        "asked": tuple({"name": _name(one, words), "rights": words.listed("right", one.rights),
                        "sent": _sent(one, words)} for one in shown),
        "more": str(more) if more > 0 else "",
        "named": any(one.name for one in shown),
        "dates": _dates(_dated(order.asked)[:_DATES_SHOWN], words, order.day),
    })


def _name(one: AskedOf, words: PaperWords) -> str:
    """The company, and how many further sites the request is meant for."""
    name = clean(one.name) or one.reference
    return f"{name} {words.count('others', one.others)}" if one.others else name


def _sent(one: AskedOf, words: PaperWords) -> str:
    if one.sent_on is None:
        return words["not_sent"]
    return words["sent"].format(day=words.short_day(one.sent_on),
                                how=words[f"channel.{one.channel}"])


def _claim(one: AskedOf, words: PaperWords) -> str:
    if one.claim is not None:
        return words[f"claim.{one.claim}"]
    return words["claim.unasked" if one.sent_on is None else "claim.none"]


def _seen(one: AskedOf, words: PaperWords) -> str:
    if one.last_look is None or one.last_look_on is None:
        return words["look.none"]
    return words[f"look.{_seen_key(one)}"].format(day=words.short_day(one.last_look_on))


def _standing(one: AskedOf, words: PaperWords) -> str:
    late = f"; {words.count('late', one.overdue_days)}" if one.overdue_days else ""
    return words[f"standing.{one.standing}"] + late


def _next(one: AskedOf, words: PaperWords, day: date) -> str:
    if one.next_date is None:
        return words["task.none"]
    return f"{_when(one.next_date, words, day)}: {words[f'task.{one.next_date.kind}']}"


def _when(task: NextDate, words: PaperWords, day: date) -> str:
    """The day of a task; one that has gone by is still open, and says so."""
    shown = words.short_day(task.on)
    return words["gone_by"].format(day=shown) if task.on < day else shown


def _table(asked: Iterable[AskedOf], words: PaperWords, day: date) -> str:
    """Every request, a line each; what stands in a cell holds no tab."""
    head = ("company", "asked", "claim", "seen", "standing", "next")
    lines = [[words[f"head.{name}"] for name in head]]
    lines.extend([
        _name(one, words) if one.name == "" else f"{_name(one, words)} ({one.reference})",
        f"{words.listed('right', one.rights)}; {_sent(one, words)}",
        _claim(one, words), _seen(one, words), _standing(one, words),
        _next(one, words, day),
    ] for one in asked)
    return _lines(lines)


def _dated(asked: Iterable[AskedOf]) -> list[AskedOf]:
    """What has a date, the soonest first."""
    dated = [(one.next_date.on, number, one) for number, one in enumerate(asked)
             if one.next_date is not None]
    return [one for _, _, one in sorted(dated, key=lambda entry: entry[:2])]


def _dates(dated: Iterable[AskedOf], words: PaperWords, day: date) -> str:
    lines = [[_when(one.next_date, words, day), words[f"task.{one.next_date.kind}"],
              _name(one, words)] for one in dated if one.next_date is not None]
    if not lines:
        return ""
    return _lines([[words[f"head.{name}"] for name in ("when", "what", "company")], *lines])


def _numbers(asked: Sequence[AskedOf], words: PaperWords) -> str:
    """How many of each, in three columns that say three different things."""
    said = Counter(one.claim for one in asked)
    seen = Counter(_seen_key(one) for one in asked)
    stands = Counter(one.standing for one in asked)
    unasked = sum(one.sent_on is None and one.claim is None for one in asked)
    columns = (
        [f"{words[f'claim.{claim}']}: {said[claim]}" for claim in Claim if said[claim]]
        + [f"{words['claim.none']}: {said[None] - unasked}"] * (said[None] > unasked),
        [f"{words[f'seen.{key}']}: {seen[key]}" for key in _SEEN if seen[key]],
        [f"{words[f'standing.{one}']}: {stands[one]}" for one in Standing if stands[one]]
        + [f"{words['standing.late']}: {late}"
           for late in [sum(one.overdue_days > 0 for one in asked)] if late],
    )
    head = [words[f"head.{name}"] for name in ("claim", "seen", "standing")]
    return _lines([head, *(list(cells) for cells in zip_longest(*columns, fillvalue=""))])


def _plots(progress: Progress, words: PaperWords) -> tuple[SheetPlot, ...]:
    """The plots of a progress, without those of which nothing is known."""
    labels = tuple(words.mark(tally.end, progress.stretch) for tally in progress.tallies)
    plots = (SheetPlot(id_, tuple(progress.series(one, words[f"over_time.{one}"])
                                  for one in measures), labels)
             for id_, measures in PLOTS.items())
    return tuple(plot for plot in plots if any(one.is_known for one in plot.series))


def _tables(plots: Iterable[SheetPlot], progress: Progress, words: PaperWords) -> dict[str, str]:
    """A table for each plot, by its id; empty for a plot of which nothing is known.

    It tells of the end of some weeks or months, the last one always among them. What was not
    known yet is a dash and no zero.
    """
    days = [words.short_day(tally.end).replace(" ", _NBSP) for tally in progress.tallies]
    every = -(-len(days) // _STRETCHES_SHOWN)
    tables = dict.fromkeys(PLOTS, "")
    for plot in plots:
        rows = [[day, *(words["over_time.unknown"] if value is None else str(value)
                        for value in values)]
                for day, *values in zip(days, *(one.values for one in plot.series), strict=True)]
        head = [words["head.until"], *(one.name for one in plot.series)]
        tables[plot.id] = _lines([head, *rows[::-1][::every][::-1]])
    return tables


_SEEN = ("gone", "not_found", "listed", "again", "could_not_look", "none")


def _seen_key(one: AskedOf) -> str:
    if one.last_look is None:
        return "none"
    if one.listed_again:
        return "again"
    if one.confirmed_gone and one.last_look is LookResult.NOT_FOUND:
        return "gone"
    return one.last_look.value


def _lines(rows: Iterable[Sequence[str]]) -> str:
    return "\n".join("\t".join(cells) for cells in rows)
