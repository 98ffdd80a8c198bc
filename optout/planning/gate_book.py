"""The safety rules as a book, read from parsed data; every mistake names its rule and field."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from optout.domain.errors import InvalidFile, NotFound
from optout.domain.gate import GatePlace
from optout.domain.person import Person
from optout.domain.words import GateLevel
from optout.law.fields import FieldProblem, Fields
from optout.planning.gate_act import Act, Scene
from optout.planning.gate_when import OF_ACTS, ON_PAGES

SCHEMA = 1
"""The version of the file's schema that this reader understands."""

PAGES = frozenset({
    GatePlace.PERSON, GatePlace.PLAN, GatePlace.BROKER_PAGE, GatePlace.COMPLAINT,
    GatePlace.CASE_FILE, GatePlace.REMINDER})
"""Places without an act; whatever bites there must be seen from the person and the broker."""

_HOLDS_NOTHING = frozenset({GateLevel.WARN, GateLevel.INFORM})


def _never(_: Act) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Telling:
    """When the sentence of a rule that holds by construction is shown, and how strongly."""

    when: str
    level: GateLevel = GateLevel.INFORM


@dataclass(frozen=True, slots=True)
class GateRule:
    """A rule of the book.

    Args:
        id: stable name; answers are remembered by it.
        level: how strongly it holds.
        at_risk: how strongly it holds for people at risk; None where that is the same.
        places: where it bites.
        per_broker: the answer counts for this broker only, else for the person.
        when: the name of the predicate that says when it bites; "" for a rule that nothing in
            the program can break, because it is held by construction.
        question: what is asked or said, for a frightened reader.
        explanation: the risk and the safer way.
        remedy: what opens it, where an answer alone does not.
        held_by: the part of the program that holds it by construction; "" for others.
        tells: when its sentence is shown though nothing is wrong.
        rules: ids of the researched rules that it carries out besides its own.
    """

    id: str
    level: GateLevel
    places: tuple[GatePlace, ...]
    question: str
    explanation: str
    at_risk: GateLevel | None = None
    per_broker: bool = True
    when: str = ""
    remedy: str = ""
    held_by: str = ""
    tells: Telling | None = None
    rules: tuple[str, ...] = ()

    def level_for(self, person: Person) -> GateLevel:
        """How strongly the rule holds for a person."""
        return (self.at_risk or self.level) if person.at_risk else self.level

    def level_in(self, act: Act) -> GateLevel | None:
        """How strongly it bites in an act; None where it does not."""
        if _PREDICATES[self.when](act):
            return self.level_for(act.person)
        told = self.tells is not None and _PREDICATES[self.tells.when](act)
        return self.tells.level if told and self.tells is not None else None

    def level_on(self, scene: Scene) -> GateLevel | None:
        """How strongly it is shown on a page; None where it is not."""
        if self.when and ON_PAGES[self.when](scene):
            return self.level_for(scene.person)
        told = self.tells is not None and ON_PAGES[self.tells.when](scene)
        return self.tells.level if told and self.tells is not None else None


_PREDICATES: Mapping[str, Callable[[Act], bool]] = {"": _never, **ON_PAGES, **OF_ACTS}


@dataclass(frozen=True)
class GateBook:
    """Every safety rule, in the order of the file."""

    rules: tuple[GateRule, ...]

    @cached_property
    def _by_place(self) -> Mapping[GatePlace, tuple[GateRule, ...]]:
        return {place: tuple(rule for rule in self.rules if place in rule.places)
                for place in GatePlace}

    def rule(self, gate_id: str) -> GateRule:
        """One rule.

        Raises:
            NotFound: naming those that are there.
        """
        found = next((rule for rule in self.rules if rule.id == gate_id), None)
        if found is None:
            raise NotFound(f"There is no safety question “{gate_id}”.",
                           remedy=f"Known are: {', '.join(rule.id for rule in self.rules)}.")
        return found

    def at(self, place: GatePlace) -> tuple[GateRule, ...]:
        """The rules that bite at a place."""
        return self._by_place[place]


def read_gates(data: object, *, name: str = "gates.yaml") -> GateBook:
    """The book from the parsed file.

    Args:
        data: `schema` and `rules`, as parsed.
        name: how messages call the file.

    Raises:
        InvalidFile: with every problem as `file: rule: field: what is wrong`.
    """
    problems: list[str] = []
    rules: dict[str, GateRule] = {}
    try:
        entries = _entries(data)
    except FieldProblem as problem:
        raise _refusal(name, [f"{name}: {problem}"]) from None
    for position, entry in enumerate(entries):
        where = f"{name}: {_name_of(entry, position)}"
        try:
            rule = _rule(Fields(entry))
        except FieldProblem as problem:
            problems.append(f"{where}: {problem}")
            continue
        if rule.id in rules:
            problems.append(f"{where}: id: is used twice. Give each rule its own.")
        rules[rule.id] = rule
    if problems:
        raise _refusal(name, problems)
    return GateBook(tuple(rules.values()))


def _entries(data: object) -> list[Any]:
    head = Fields(data)
    if head.number("schema") != SCHEMA:
        raise FieldProblem(f"schema: this program reads version {SCHEMA}. Update the program.")
    entries = head.take("rules")
    if not isinstance(entries, list) or not entries:
        raise FieldProblem("rules: expected a list of rules.")
    head.done()
    return entries


def _name_of(entry: Any, position: int) -> str:
    known = isinstance(entry, Mapping) and isinstance(entry.get("id"), str)
    return str(entry["id"]) if known else f"rule number {position + 1}"


def _refusal(name: str, problems: list[str]) -> InvalidFile:
    return InvalidFile(f"{name} does not follow its schema.", problems=problems,
                       remedy="Mend these fields; the head of the file explains them.")


def _rule(fields: Fields) -> GateRule:
    at_risk = fields.text("at_risk", "")
    rule = GateRule(
        id=fields.text("id"), level=fields.one_of("level", GateLevel),
        at_risk=GateLevel(at_risk) if at_risk in set(GateLevel) else None,
        places=fields.words("places", GatePlace),
        per_broker=fields.flag("per_broker", default=True), when=fields.text("when", ""),
        question=fields.text("question"), explanation=fields.text("explanation"),
        remedy=fields.text("remedy", ""), held_by=fields.text("held_by", ""),
        tells=fields.maybe("tells", _telling), rules=fields.texts("rules"))
    fields.done()
    if at_risk and rule.at_risk is None:
        raise FieldProblem(f"at_risk: “{at_risk}” is not one of: {', '.join(GateLevel)}.")
    _check(rule)
    return rule


def _telling(fields: Fields) -> Telling:
    told = Telling(fields.text("when"), fields.one_of("level", GateLevel, GateLevel.INFORM))
    fields.done()
    if told.level not in _HOLDS_NOTHING:
        raise FieldProblem("tells.level: a sentence that is only told is “warn” or “inform”.")
    return told


def _check(rule: GateRule) -> None:
    """Refuse what could never bite, or would bite without a word on what to do."""
    if not rule.places:
        raise FieldProblem("places: is empty. Name at least one place where it bites.")
    if not rule.when and not rule.held_by:
        raise FieldProblem("when: is missing. Name a predicate, or say in `held_by` which part of "
                           "the program holds the rule.")
    blocks = GateLevel.BLOCK in {rule.level, rule.at_risk}
    if rule.when and blocks and not rule.remedy:
        raise FieldProblem("remedy: is missing. Say what opens the rule, as an answer cannot.")
    if rule.held_by and rule.level is not GateLevel.BLOCK:
        raise FieldProblem("held_by: only a rule of level “block” is held by construction.")
    only_pages = bool(PAGES.intersection(rule.places))
    known: Collection[str] = ON_PAGES if only_pages else {**ON_PAGES, **OF_ACTS}
    told = rule.tells.when if rule.tells else ""
    for field, name in (("when", rule.when), ("tells.when", told)):
        if name and name not in known:
            raise FieldProblem(f"{field}: there is no predicate “{name}” for these places. "
                               f"Known are: {', '.join(sorted(known))}.")
