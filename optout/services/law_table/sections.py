"""The table as the page shows it: places that read the same stand together."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from optout.domain.words import Right
from optout.law.calendar import plain
from optout.law.limits import POWER_OF_ATTORNEY, SIGNED_PERMISSION
from optout.law.model import LawBook
from optout.law.reach import FEDERAL
from optout.services.law_table.places import ASKING, Kind, Place, kinds
from optout.services.law_table.rows import Pair, Span, spans_of
from optout.services.law_table.words import SHORT, right_name

Spans = Mapping[Pair, tuple[Span, ...]]
_OF_THE_AGENT = frozenset({SIGNED_PERMISSION.key, POWER_OF_ATTORNEY.key})


@dataclass(frozen=True, slots=True)
class Line:
    """One right: what, under which law, by when, within which limits, and who may ask."""

    right: str
    law: str
    citation: str
    answer: tuple[str, ...]
    limits: tuple[str, ...]
    asking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is not offered, and why: the rights that share the reason."""

    law: str
    rights: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Block:
    """One recipient, or several of which the same holds.

    Args:
        federal: the lines of federal law are those of the section on it, and stand there.
        shared: for each law the limits that all of its lines have.
    """

    kinds: tuple[str, ...]
    lines: tuple[Line, ...]
    refusals: tuple[Refusal, ...]
    for_agents: tuple[Refusal, ...] = ()
    shared: tuple[tuple[str, tuple[str, ...]], ...] = ()
    federal: bool = False


@dataclass(frozen=True, slots=True)
class Marks:
    """What the overview shows for one recipient: what holds today, and what from which day."""

    today: tuple[str, ...] = ()
    later: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """The places that read the same, with their recipients and their line of the overview."""

    places: tuple[Place, ...]
    blocks: tuple[Block, ...]
    overview: tuple[tuple[str, Marks], ...]

    @property
    def title(self) -> str:
        """The place, or what the places have in common."""
        if len(self.places) == 1:
            return self.places[0].name
        return ("All other states and territories"
                if self.places[0].american else "European Union and EEA")


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A place, and the number of the section that tells of it."""

    name: str
    section: int


@dataclass(frozen=True, slots=True)
class Answers:
    """All that the law says of one place and recipient, for each capacity in their order.

    Args:
        first: the first day of the table.
    """

    first: date
    place: Place
    kind: Kind
    spans: tuple[Spans, ...]


def gather(book: LawBook, where: Sequence[Place], days: Sequence[date]) -> tuple[Answers, ...]:
    """Ask the law about every recipient and capacity in each of these places."""
    return tuple(
        Answers(days[0], place, kind, tuple(spans_of(book, place, kind.broker, asking, days)
                                   for asking in ASKING))
        for place in where for kind in kinds(book, place, days))


def sections(book: LawBook, answers: Sequence[Answers], today: date) -> tuple[Section, ...]:
    """The sections in the order of the places, states that read alike after the others."""
    federal = _federal(book)
    base = {one.kind.column: _block("", one) for one in _federal_answers(answers, federal)}
    by_place: dict[str, list[Answers]] = {}
    for one in answers:
        by_place.setdefault(one.place.code, []).append(one)
    grouped: dict[tuple[object, ...], Section] = {}
    for found in by_place.values():
        place = found[0].place
        blocks = tuple(_blocks(found, federal, base))
        overview = tuple(
            (one.kind.column, _marks(_own(one, federal).spans[0], today)) for one in found)
        alike = grouped.get((blocks, overview), Section((), blocks, overview))
        grouped[blocks, overview] = replace(alike, places=(*alike.places, place))
    return tuple(sorted(grouped.values(), key=lambda one: (
        not one.places[0].american, one.places[0].american and len(one.places) > 1)))


def index_of(made: Sequence[Section]) -> tuple[IndexEntry, ...]:
    """Every place by its name."""
    return tuple(sorted(
        (IndexEntry(place.name, number) for number, section in enumerate(made, start=1)
         for place in section.places), key=lambda entry: entry.name))


def federal_blocks(answers: Sequence[Answers], book: LawBook) -> tuple[Block, ...]:
    """What federal law gives wherever in the United States one lives."""
    blocks = (_block(one.kind.name, one) for one in _federal_answers(answers, _federal(book)))
    return tuple(block for block in _together(blocks) if block.lines)


def federal_overview(
    answers: Sequence[Answers], book: LawBook, today: date
) -> tuple[tuple[str, Marks], ...]:
    """The overview's line of federal law."""
    return tuple((one.kind.column, _marks(one.spans[0], today))
                 for one in _federal_answers(answers, _federal(book)))


def _federal(book: LawBook) -> frozenset[str]:
    return frozenset(law.id for law in book.laws.values() if law.jurisdiction == FEDERAL)


def _federal_answers(
    answers: Sequence[Answers], federal: Collection[str]
) -> Iterator[Answers]:
    """What federal law says in any place of the United States: in the first."""
    first = next(one.place for one in answers if one.place.american)
    return (_only(one, federal) for one in answers if one.place == first)


def _only(one: Answers, laws: Collection[str]) -> Answers:
    return replace(one, spans=tuple(
        {pair: spans for pair, spans in of.items() if pair[0] in laws} for of in one.spans))


def _own(one: Answers, federal: frozenset[str]) -> Answers:
    """Without federal law, where that is a line of its own."""
    laws = {pair[0] for of in one.spans for pair in of}
    return _only(one, laws - federal) if one.place.american else one


def _blocks(
    found: Sequence[Answers], federal: frozenset[str], base: Mapping[str, Block]
) -> Iterator[Block]:
    def made() -> Iterator[Block]:
        for one in found:
            same = one.place.american and (
                _block("", _only(one, federal)) == base[one.kind.column])
            block = _block(one.kind.name, _own(one, federal) if same else one)
            yield replace(block, federal=same and bool(base[one.kind.column].lines))
    yield from _together(made())


def _together(blocks: Iterator[Block]) -> tuple[Block, ...]:
    kept: dict[Block, Block] = {}
    for block in blocks:
        key = replace(block, kinds=())
        kept[key] = replace(block, kinds=(*(kept[key].kinds if key in kept else ()),
                                          *block.kinds))
    return tuple(kept.values())


def _block(name: str, one: Answers) -> Block:
    pairs = dict.fromkeys(pair for of in one.spans for pair in of)
    given = [pair for pair in pairs if pair[1] is not None and any(
        span.entry.may for of in one.spans for span in of.get(pair, ()))]
    lines = [_line(pair, one) for pair in given]
    shared = {line.law: _shared([other for other in lines if other.law == line.law])
              for line in lines}
    agent = one.spans[1]
    return Block(
        kinds=(name,), shared=tuple((law, limits) for law, limits in shared.items() if limits),
        lines=tuple(replace(line, limits=tuple(limit for limit in line.limits
                                               if limit not in shared[line.law]))
                    for line in lines),
        refusals=_refusals(one.spans[0], list(pairs)),
        for_agents=_refusals(agent, [pair for pair in given if not any(
            span.entry.may for span in agent.get(pair, ()))]))


def _shared(lines: Sequence[Line]) -> tuple[str, ...]:
    return tuple(limit for limit in lines[0].limits
                 if len(lines) > 1 and all(limit in line.limits for line in lines))


def _line(pair: Pair, one: Answers) -> Line:
    best = next(of[pair] for of in one.spans
                if any(span.entry.may for span in of.get(pair, ())))
    held = [span for span in best if span.entry.may]
    entry = held[-1].entry
    texts = [{limit.text for limit in span.entry.limits} for span in held]
    limits = dict.fromkeys(
        limit.text if all(limit.text in other for other in texts)
        else f"{limit.text} (from {plain(span.since)})"
        for span in held for limit in span.entry.limits if limit.key not in _OF_THE_AGENT)
    answers = dict.fromkeys((span.entry.answer or "the law sets no number") for span in held)
    return Line(
        right=right_name(pair[1]), law=entry.law_name, citation=entry.citation,
        answer=tuple(answers) if len(answers) == 1 else tuple(_dated(held)),
        limits=tuple(limits),
        asking=tuple(_when(of.get(pair, ()), one.first) for of in one.spans))


def _dated(held: Sequence[Span]) -> Iterator[str]:
    said = ""
    for span in held:
        answer = span.entry.answer or "the law sets no number"
        if answer != said:
            yield answer if not said else f"from {plain(span.since)}: {answer}"
        said = answer


def _when(spans: Sequence[Span], first: date) -> str:
    held = [span for span in spans if span.entry.may]
    if not held:
        return "no"
    words = []
    if held[0].since > first:
        words.append(f"from {plain(held[0].since)}")
    if held[-1].until is not None:
        words.append(f"until {plain(held[-1].until)}")
    return " ".join(words) or "yes"


def _refusals(spans: Spans, pairs: Sequence[Pair]) -> tuple[Refusal, ...]:
    reasons: dict[tuple[str, str], list[Right | None]] = {}
    for pair in pairs:
        for span in spans.get(pair, ())[:1]:
            if span.entry.why:
                reasons.setdefault((span.entry.law_name, span.entry.why), []).append(pair[1])
    return tuple(Refusal(law, tuple(filter(None, map(right_name, rights))), why)
                 for (law, why), rights in reasons.items())


def _marks(spans: Spans, today: date) -> Marks:
    """The rights of these spans, each once, in their order."""
    since: dict[str, date] = {}
    for (_, right), of in spans.items():
        held = [span.since for span in of if span.entry.may]
        if right is not None and held:
            name = SHORT.get(right, right_name(right))
            since[name] = min(held[0], since.get(name, held[0]))
    days = sorted({day for day in since.values() if day > today})
    return Marks(
        tuple(name for name, day in since.items() if day <= today),
        tuple((plain(day), tuple(name for name, begins in since.items() if begins == day))
              for day in days))
