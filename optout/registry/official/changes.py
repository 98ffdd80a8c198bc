"""What a state's file changes in the registry: new entries, changed fields, and who is gone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from optout.domain.broker import Broker
from optout.registry.as_fields import fields_of
from optout.registry.fields import BROKER
from optout.registry.kinds import Report
from optout.registry.names import plain_contact, plain_name
from optout.registry.official import told
from optout.registry.official.contacts import own_sites
from optout.registry.official.entry import Entry
from optout.registry.official.filing import Filing, Reject
from optout.registry.official.joining import Group, join
from optout.registry.official.layout import Layout
from optout.registry.official.reading import Reading
from optout.registry.registry import Registry

_LONGEST_ID = 60


@dataclass(frozen=True, slots=True)
class Change:
    """One entry's fields as they are to be, raw as in YAML; for a new entry, all of them."""

    id: str
    name: str
    fields: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a file means for the registry.

    Args:
        matched: how many entries of the registry have a filing in the file.
        gone: entries that were registered there in the year before and are not in the file.
        rejected: rows that are no filing, or whose filing makes no entry.
    """

    new: tuple[Change, ...]
    changed: tuple[Change, ...]
    matched: int
    gone: tuple[Broker, ...]
    rejected: tuple[Reject, ...]


def compare(reading: Reading, registry: Registry, today: date) -> Outcome:
    """Hold a file against the registry; nothing is written."""
    groups = join(reading.filings, registry.all())
    dead = frozenset(plain_contact(one.value) for broker in registry.all()
                     for one in broker.dead_contacts)
    ids = set(registry.brokers)
    new, changed, rejected = [], [], list(reading.rejected)
    for group in groups:
        if group.broker is not None:
            fields = _changed(group.broker, group.filings)
            if fields:
                fields |= _sourced(group.broker, group.filings, reading.layout, today)
                changed.append(Change(group.broker.id, group.broker.name, fields))
            continue
        entry = Entry(group.filings, reading.layout, dead, today)
        id_ = _new_id(entry.name, entry.domains, ids)
        fields = {"id": id_, **entry.fields()}
        problem = _problem(fields)
        if problem:
            rejected += (Reject(filing.row, problem) for filing in group.filings)
            continue
        ids.add(id_)
        new.append(Change(id_, entry.name, fields))
    rejected.sort(key=lambda one: one.row)
    return Outcome(tuple(new), tuple(changed), sum(one.broker is not None for one in groups),
                   tuple(_gone(reading, registry, groups)), tuple(rejected))


def _changed(broker: Broker, filings: Sequence[Filing]) -> dict[str, Any]:
    """The fields that the filings change.

    A field that is empty now is None, which takes it out. What a company told in an older file
    never replaces what it told in a newer one.
    """
    old = fields_of(broker)
    new: dict[str, Any] = {}
    filed = list(old.get("registered_in", []))
    known = {(one["registry"], one["year"]) for one in filed}
    for filing in filings:
        if (filing.registry, filing.year) not in known:
            known.add((filing.registry, filing.year))
            filed.append(told.registration(filing))
    new["registered_in"] = sorted(filed, key=lambda one: (one["registry"], -one["year"]))
    newest = max(filing.year for filing in filings)
    if newest >= max((one.year for one in broker.registered_in if one.registry == "us-ca"),
                     default=0):
        new["reported"] = told.reported(filings, old.get("reported"))
        laws = [*old.get("regulated_as", [])]
        laws += [law for law in told.regulated_as(filings) if law not in laws
                 and not (law == "fcra" and any(one.startswith("fcra") for one in laws))]
        new["regulated_as"] = laws
    requests = told.deletion_requests(filings)
    if requests and requests["filed"] >= old.get("deletion_requests", {}).get("filed", 0):
        new["deletion_requests"] = requests
    return {name: value or None for name, value in new.items()
            if _unordered(value) != _unordered(old.get(name, type(value)()))}


def _sourced(broker: Broker, filings: Sequence[Filing], layout: Layout,
             today: date) -> dict[str, Any]:
    """The entry's sources with the file in which the changes were read."""
    source = told.source(filings, layout, today)
    old = fields_of(broker)["sources"]
    kept = [one for one in old if one["url"] != source["url"]]
    known = next((one for one in old if one["url"] == source["url"]), source)
    return {"sources": [*kept, max(source, known, key=lambda one: one["checked"])]}


def _unordered(value: Any) -> Any:
    """A list of filings says the same in any order."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return sorted(value, key=lambda one: (one["registry"], one["year"]))
    return value


def _gone(reading: Reading, registry: Registry, groups: Sequence[Group]) -> Iterator[Broker]:
    """Who was registered in the year before, and appears in the file neither by site nor by name.

    An entry that is known to be registered in the file's year stands under another's filing.
    """
    if reading.year is None:
        return
    here = {group.broker.id for group in groups if group.broker is not None}
    sites = {site for filing in reading.filings for site in own_sites(filing.websites)}
    names = {plain_name(name) for filing in reading.filings
             for name in (filing.name, *filing.aliases)}
    state = reading.layout.registry
    for broker in registry.all():
        if (broker.registered_with(state, reading.year - 1)
                and not any(one.registry == state and one.year >= reading.year
                            for one in broker.registered_in)
                and broker.id not in here and sites.isdisjoint(own_sites(broker.domains))
                and plain_name(broker.name) not in names):
            yield broker


def _new_id(name: str, domains: Sequence[str], taken: set[str]) -> str:
    """An id of the name; of name and site, then with a number, where it is taken."""
    short = _slug(plain_name(name)) or _slug(domains[0] if domains else "") or "broker"
    choices = [short, *(_slug(f"{short} {domain}") for domain in domains[:1])]
    number = 2
    while True:
        for choice in choices:
            if choice not in taken:
                return choice
        choices = [f"{short}-{number}"]
        number += 1


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text)[:_LONGEST_ID].strip("-")


def _problem(fields: dict[str, Any]) -> str:
    """Why an entry with these fields could not be read again; "" if it could."""
    report = Report()
    BROKER.read(fields, (), report)
    if not report.problems:
        return ""
    path, message = report.problems[0]
    return f"it makes no entry: {'.'.join(map(str, path))}: {message}"
