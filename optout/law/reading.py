"""Reads parsed law data into the typed book; every mistake is named by law and field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from optout.domain.errors import InvalidFile
from optout.domain.words import Channel, Confidence, Right
from optout.law import parts, words
from optout.law import reading_parts as read
from optout.law.fields import FieldProblem, Fields, word
from optout.law.model import History, Law, LawBook, RightRule, UpcomingChange

SCHEMA = 1
"""The version of the file's schema that this reader understands."""


def read_laws(data: Mapping[str, Any], *, name: str = "laws.yaml") -> LawBook:
    """The book of all laws, each in every version that its changes make by date.

    Args:
        data: the parsed file: `schema`, `checked`, `laws`; dates as text.
        name: how messages call the file.

    Raises:
        InvalidFile: with every problem as `file: field: what is wrong and how to mend it`.
    """
    problems: list[str] = []
    histories: dict[str, History] = {}
    try:
        checked, entries = _head(data)
    except FieldProblem as problem:
        raise _refusal(name, [f"{name}: {problem}"]) from None
    for position, entry in enumerate(entries):
        law_id = entry.get("id") if isinstance(entry, Mapping) else None
        where = (f"laws/{law_id}.yaml" if isinstance(law_id, str)
                 else f"{name}: law number {position + 1}")
        if law_id in histories:
            problems.append(f"{where}: id: is used twice. Give each law its own.")
            continue
        try:
            law = _history(entry)
            histories[law.on(checked).id] = law
        except FieldProblem as problem:
            problems.append(f"{where}: {problem}")
    if problems:
        raise _refusal(name, problems)
    return LawBook(histories, checked)


def _head(data: object) -> tuple[date, list[Any]]:
    head = Fields(data)
    if head.number("schema") != SCHEMA:
        raise FieldProblem(f"schema: this program reads version {SCHEMA}. Update the program.")
    checked, entries = head.day("checked"), head.take("laws")
    if not isinstance(entries, list) or not entries:
        raise FieldProblem("laws: expected a list of laws.")
    head.done()
    return checked, entries


def _refusal(name: str, problems: list[str]) -> InvalidFile:
    return InvalidFile(f"{name} does not follow its schema.", problems=problems,
                       remedy="Mend these fields; the head of the file explains them.")


def _history(entry: object) -> History:
    if not isinstance(entry, Mapping):
        raise FieldProblem("expected a law with its fields.")
    versions = [(date.min, _law(entry))]
    current: Mapping[str, Any] = entry
    changes = [item for item in entry.get("changes") or [] if item.get("set")]
    for change in sorted(changes, key=lambda item: str(item["on"])):
        if change.get("confidence") == Confidence.LOW:
            raise FieldProblem("changes: a change of low confidence must not set anything. "
                               "Take its `set` out.")
        current = _laid_over(current, change["set"])
        versions.append((date.fromisoformat(change["on"]), _law(current)))
    return History(tuple(versions))


def _laid_over(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """The base with the other's values; mappings are merged, everything else is replaced."""
    merged = dict(base)
    for key, value in over.items():
        below = merged.get(key)
        both = isinstance(below, Mapping) and isinstance(value, Mapping)
        merged[key] = _laid_over(below, value) if both else value  # type: ignore[arg-type]  # mypy does not see that `both` narrows `below`
    return merged


def _law(entry: Mapping[str, Any]) -> Law:
    fields = Fields(entry)
    applies = Fields(fields.take("applies_to", {}), "applies_to")
    shared = fields.take("every_right", {})
    confidence = fields.one_of("confidence", Confidence)
    law = Law(
        id=fields.text("id"), name=fields.text("name"), short_name=fields.text("short_name"),
        citation=fields.text("citation"), jurisdiction=fields.text("jurisdiction"),
        kind=fields.one_of("kind", words.Kind), status=fields.one_of("status", words.Status),
        effective=fields.day_or_none("effective_date"),
        effective_note=fields.text("effective_date_note", ""),
        people=read.people(fields.child("who_may_invoke")),
        recipients=fields.one_of("recipients", words.Recipients),
        thresholds=applies.text("thresholds", ""), threshold_limits=read.limits(applies),
        platform=fields.maybe("platform", read.platform),
        reach=fields.maybe("reach", read.reach) or parts.Reach(),
        refusal=fields.maybe("refusal", read.refusal_duty),
        not_relied_on=fields.text("not_relied_on", ""),
        never_stored=fields.flag("never_stored", default=False),
        rights=_rights(fields, shared, confidence),
        appeal=read.appeal(fields.child("appeal")), agent=read.agent(fields.child("agent")),
        verification=read.verification(fields.child("identity_verification")),
        exemptions=fields.each("exemptions", read.exemption),
        authorities=fields.each("enforcement", read.authority),
        counting=read.counting(fields.child("counting")),
        third_party_deletion=read.covered(fields.child("deletion_of_third_party_data")),
        private_action=read.private_action(fields.child("private_right_of_action")),
        free_requests=fields.text("free_requests", ""), changes=fields.each("changes", _change),
        sources=_sources(fields), checked=fields.day("checked"), confidence=confidence,
        confidence_notes=fields.text("confidence_notes", ""),
        low_confidence_fields=fields.texts("low_confidence_fields"), notes=fields.texts("notes"))
    applies.done()
    fields.done()
    return law


def _sources(fields: Fields) -> tuple[str, ...]:
    sources = fields.texts("sources")
    if not sources or not all(url.startswith(("http://", "https://")) for url in sources):
        raise FieldProblem("sources: expected at least one link that begins with https://.")
    return sources


def _rights(
    fields: Fields, shared: Mapping[str, Any], confidence: Confidence
) -> dict[Right, RightRule]:
    rights: dict[Right, RightRule] = {}
    for name, own in fields.named("rights"):
        right = word(name, Right, own.path)
        merged = Fields(_laid_over(shared, own.rest()), own.path)
        rights[right] = _right(right, merged, confidence)
    return rights


def _right(right: Right, fields: Fields, confidence: Confidence) -> RightRule:
    rule = RightRule(
        right=right, section=fields.text("section"), deadline=fields.maybe("deadline", read.period),
        by_channel=tuple((word(name, Channel, own.path), read.period(own))
                         for name, own in fields.named("by_channel")),
        acknowledgement=fields.maybe("acknowledgement", read.period),
        extension=fields.maybe("extension", read.extension),
        reaches_third_party_data=fields.flag("reaches_data_obtained_from_third_parties",
                                             default=False),
        binds=fields.texts("binds"), number_binds=fields.texts("number_binds"),
        available_from=fields.day_or_none("available_from"), limits=read.limits(fields),
        not_offered=fields.text("not_offered", ""),
        confidence=fields.one_of("confidence", Confidence, confidence),
        note=fields.text("note", ""))
    _check_extension(rule, fields)
    fields.done()
    return rule


def _check_extension(rule: RightRule, fields: Fields) -> None:
    if rule.extension is None:
        return
    if rule.deadline is None:
        raise FieldProblem(f"{fields.at('extension')}: there is no deadline to extend. "
                           "Add the deadline, or set the extension to null.")
    if rule.extension.unit is not rule.deadline.unit or rule.by_channel:
        raise FieldProblem(f"{fields.at('extension')}: must count in the unit of the deadline, "
                           "and the deadline must not differ by channel. Set it to null.")


def _change(fields: Fields) -> UpcomingChange:
    laid_over = Fields(fields.take("set", {}), fields.at("set")).rest()
    rights = tuple(word(name, Right, fields.at("set.rights"))
                   for name in Fields(laid_over.get("rights", {}), fields.at("set.rights")).rest())
    change = UpcomingChange(
        on=fields.day("on"), text=fields.text("change"),
        confidence=fields.one_of("confidence", Confidence), name=fields.text("name", ""),
        rights=rights, applied=bool(laid_over), touches_every_right="every_right" in laid_over)
    fields.done()
    return change
