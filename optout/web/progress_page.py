"""The page of a person's progress: three plots, each with its table; said and seen stay apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import format_date

from optout.domain.progress import PLOTS, Measure, Progress, Series, Stretch, Tally
from optout.web.i18n import lazy
from optout.web.i18n import text as _
from optout.web.plots import Plot, plot

NAMES: Mapping[Measure, str] = {
    Measure.FOUND: lazy("Listings found"),
    Measure.SENT: lazy("Requests sent"),
    Measure.WAITING: lazy("Waiting for an answer"),
    Measure.SAID_REMOVED: lazy("They say: removed or hidden"),
    Measure.SAID_NOTHING: lazy("They say: nothing about you"),
    Measure.SAID_PARTLY: lazy("They say: a part of it"),
    Measure.SAID_REFUSED: lazy("They refused"),
    Measure.SEEN_GONE: lazy("Seen to be gone"),
    Measure.SEEN_AGAIN: lazy("Listed again"),
}

EVER = frozenset({Measure.SENT, Measure.FOUND})
"""Measures that only grow: how it is now is how it ever was."""


@dataclass(frozen=True, slots=True)
class Row:
    """A stretch in the table of a plot.

    Args:
        cells: for each column a number; None where nothing is known.
    """

    name: str
    cells: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One plot with its words and its table.

    Args:
        described: what the plot shows, for people who do not see it.
        unknown: why there is nothing to draw yet; empty where there is.
        first: what the first column of the table tells.
    """

    id: str
    title: str
    about: str
    described: str
    unknown: str
    drawn: Plot
    first: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def parts(progress: Progress) -> tuple[Part, ...]:
    """The three plots of a progress that has begun."""
    return (
        _part(progress, "asked", (
            _("What you found and asked for"),
            _("“Listings found” and “Requests sent” count everything since the beginning. "
              "“Waiting for an answer” is how many were open at that time."),
            _("Nothing was found or sent yet."))),
        _part(progress, "said", (
            _("What they say"),
            _("This is the companies’ word, and nothing more. Each request is counted by its "
              "latest answer."),
            _("Nobody was asked yet, so nobody could answer."))),
        _part(progress, "seen", (
            _("What was seen"),
            _("“Seen to be gone” needs one clean look and their word that it is removed, or two "
              "clean looks at least a week apart. A page that could not be opened is never "
              "counted as gone."),
            _("Nobody has looked yet, so nothing is known. That is not the same as none."))),
    )


def _part(progress: Progress, id_: str, words: tuple[str, str, str]) -> Part:
    title, about, unknown = words
    tallies, measures = progress.tallies, PLOTS[id_]
    series = [progress.series(one, str(NAMES[one])) for one in measures]
    known = any(one.is_known for one in series)
    return Part(
        id_, title, about, _described(series, tallies), "" if known else unknown,
        plot(series, [_short(progress.stretch, tally) for tally in tallies]),
        _("Up to") if progress.stretch is Stretch.WEEK else _("Month"),
        tuple(column for line, one in zip(series, measures, strict=True)
              for column in _columns(line.name, one)),
        tuple(Row(_long(progress.stretch, tally), tuple(
            cell for one in measures for cell in _cells(tally, one))) for tally in tallies))


def _columns(name: str, measure: Measure) -> tuple[str, ...]:
    if measure in EVER or measure is Measure.WAITING:
        return (name,)
    return name, _("%(name)s, ever", name=name)


def _cells(tally: Tally, measure: Measure) -> tuple[int | None, ...]:
    if measure in EVER or measure is Measure.WAITING:
        return (tally.now.get(measure),)
    return tally.now.get(measure), tally.ever.get(measure)


def _described(series: Sequence[Series], tallies: Sequence[Tally]) -> str:
    """The plot in one sentence: where each line begins to be known, and where it ends."""
    said = []
    for one in series:
        known = [(tally, value) for tally, value in zip(tallies, one.values, strict=True)
                 if value is not None]
        if known:
            said.append(_("%(name)s: from %(first)s on %(day)s to %(last)s on %(end)s",
                          name=one.name, first=known[0][1], last=known[-1][1],
                          day=format_date(known[0][0].end, "medium"),
                          end=format_date(known[-1][0].end, "medium")))
        else:
            said.append(_("%(name)s: nothing is known", name=one.name))
    return "; ".join(said) + "."


def _short(stretch: Stretch, tally: Tally) -> str:
    """A stretch below the axis: its last day, or its month."""
    return str(format_date(tally.end, "MMM d" if stretch is Stretch.WEEK else "MMM y"))


def _long(stretch: Stretch, tally: Tally) -> str:
    """A stretch in the first column of the table: its last day, or its month."""
    return str(format_date(tally.end, "medium") if stretch is Stretch.WEEK
               else format_date(tally.start, "MMM y"))
