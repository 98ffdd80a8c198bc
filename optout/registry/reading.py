"""Entries to brokers: every field read, every cross-check made, every problem kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from optout.domain.broker import Broker
from optout.domain.errors import InvalidFile
from optout.registry.entries import Entry, merged, read_document
from optout.registry.fields import BROKER
from optout.registry.finding import Finding, dotted, in_order
from optout.registry.kinds import Path, Report
from optout.registry.lint import doubts, rules
from optout.registry.own.standing import Standing, standing


@dataclass(frozen=True, slots=True)
class Reading:
    """What the files say.

    Args:
        brokers: those that could be read, in the files' order.
        checked: the day up to which the first file was compiled; else its newest source.
        entries: how many entries there are, readable or not.
        errors: what makes the registry unusable. warnings: what a person should look at.
        by_id: the entries as they stand in the files.
    """

    brokers: tuple[Broker, ...]
    checked: date
    entries: int
    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    by_id: Mapping[str, Entry]

    def place(self, remark: rules.Remark) -> Finding:
        """A remark on one of the brokers, with its file and line."""
        return _finding(self.by_id[remark.broker], remark.path, remark.message)

    def refuse_errors(self) -> None:
        """Raise all errors at once.

        Raises:
            InvalidFile: when there is at least one.
        """
        if self.errors:
            number = len(self.errors)
            raise InvalidFile(
                f"The registry has {number} {'error' if number == 1 else 'errors'}.",
                problems=[str(finding) for finding in self.errors],
                remedy="Mend these lines; “optout registry check FILE” shows what is left.")


def read_registry(files: Iterable[tuple[str, bytes]]) -> Reading:
    """Read the packaged file and its overlays, in this order.

    Args:
        files: name (for messages) and content of each.
    """
    errors: list[Finding] = []
    documents = []
    for name, content in files:
        document, found = read_document(content, name)
        errors += found
        if document:
            documents.append(document)
    entries, found = merged(documents)
    errors += found
    brokers: dict[str, Broker] = {}
    for entry in entries.values():
        broker, found = _read_entry(entry)
        errors += found
        if broker:
            brokers[broker.id] = broker
    checked = (documents[0].checked if documents else None) or _newest(tuple(brokers.values()))
    warnings: list[Finding] = []
    for remark in chain(rules.look_at(brokers, known=entries.keys()), doubts.look_at(brokers)):
        found = [_finding(entries[remark.broker], remark.path, remark.message)]
        (warnings if remark.only_warns else errors).extend(found)
    warnings += chain.from_iterable(map(_conflicts, entries.values()))
    return Reading(tuple(brokers.values()), checked, len(entries), in_order(errors),
                   in_order(warnings), entries)


def _read_entry(entry: Entry) -> tuple[Broker | None, list[Finding]]:
    report = Report()
    broker: Broker | None = BROKER.read(entry.fields, (), report)
    findings = [_finding(entry, path, message) for path, message in report.problems]
    return (replace(broker, line=entry.line) if broker else None), findings


def _conflicts(entry: Entry) -> list[Finding]:
    return [_finding(entry, (name,), "the packaged registry says something else since you "
                     "corrected this; yours stays in force: compare both with “optout registry "
                     "diff”, and correct it anew or undo your correction")
            for name, over in entry.over.items() if name in entry.replaced and standing(
                name, entry.before[name], entry.fields.get(name), over) is Standing.CONFLICT]


def _finding(entry: Entry, path: Path, message: str) -> Finding:
    file, line = entry.place(path)
    return Finding(entry.id, dotted(path), line, message, file)


def _newest(brokers: Sequence[Broker]) -> date:
    return max((source.checked for broker in brokers for source in broker.sources),
               default=date.min)
