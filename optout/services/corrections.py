"""The user's own corrections of the registry: made, shown, shared, and taken back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from optout.domain.broker import Broker
from optout.domain.errors import InstanceMissing, InvalidInput, NotFound, Refused
from optout.services.desk import Library

if TYPE_CHECKING:
    from optout.registry.own.difference import EntryDifference
    from optout.registry.own.patch import Patch


@dataclass(frozen=True, slots=True)
class Outdated:
    """What a report wrote down.

    Args:
        procedures: positions, from 0, of the ways that now ask for a look first.
        check_by: the last day on which they do not.
    """

    broker_id: str
    procedures: tuple[int, ...]
    check_by: date


def fields(library: Library, broker_id: str) -> dict[str, Any]:
    """An entry's fields as they are in force, raw as they stand in YAML: what a form begins with.

    Raises:
        NotFound: naming the nearest ids.
    """
    from optout.registry.as_fields import fields_of

    return fields_of(library.registry.get(broker_id))


def correct(library: Library, broker_id: str, changes: Mapping[str, Any]) -> Broker:
    """Correct fields of a broker; they stay in force when a newer registry is installed.

    Args:
        library: brokers and laws.
        broker_id: whose.
        changes: by field, its whole new raw value as it stands in YAML (see `fields`); None
            takes a field out. What equals the value in force is left alone.

    Returns:
        The broker as it is now.

    Raises:
        NotFound: for an unknown id.
        InvalidFile: with every problem, naming the field; nothing is written.
        InvalidInput: when the id itself is to be changed.
        InstanceMissing: when there is no data folder yet.
    """
    before = fields(library, broker_id)
    real = {name: value for name, value in changes.items() if before.get(name) != value}
    if real:
        _save(library, broker_id, real)
    return library.registry.get(broker_id)


def keep_own(library: Library, broker_id: str) -> Broker:
    """Settle the conflicts of a broker: the user looked at both, and keeps their own values.

    Raises:
        NotFound: for an unknown id.
        InvalidFile: when the registry would not be whole; nothing is written.
    """
    conflicts = [one for one in differences(library, broker_id) if one.kind == "conflict"]
    for one in conflicts:
        _save(library, broker_id, {field.field: field.own for field in one.fields})
    return library.registry.get(broker_id)


def add_broker(library: Library, entry: Mapping[str, Any]) -> Broker:
    """Add a broker that the registry does not have.

    Args:
        library: brokers and laws.
        entry: raw fields as they stand in YAML, at least name, role, category, status and
            sources; the id is made from the name, else from the first domain, where it is
            left out.

    Raises:
        InvalidInput: when the name makes no id.
        Refused: when an entry of this id is there already.
        InvalidFile: with every problem, naming the field; nothing is written.
        InstanceMissing: when there is no data folder yet.
    """
    name = str(entry.get("name", ""))
    id_ = str(entry.get("id") or _slug(name))
    if not id_ and any(letter.isalpha() for letter in name):  # in other letters than an id has
        id_ = _slug(next(iter(entry.get("domains", ())), ""))
    if not id_:
        raise InvalidInput("The broker has no name.", field="name",
                           remedy="Enter the name as people know it.")
    if id_ in library.registry:
        raise Refused(f"The registry has an entry “{id_}” already.",
                      remedy="Correct that one, or choose another name.")
    _save(library, id_, {**entry, "id": id_})
    return library.registry.get(id_)


def report_outdated(library: Library, broker_id: str, what: Collection[int] = (), *,
                    today: date) -> Outdated:
    """Write down that ways out of a broker are old: before their next use, a look is asked for.

    Args:
        library: brokers and laws.
        broker_id: whose.
        what: positions, from 0, of the procedures that are meant; all of them where empty.
        today: the day from which they ask for a look; evidence that is as fresh as yesterday
            puts it off by a day or two, for it may not be older than the day to look again.

    Raises:
        NotFound: for an unknown id.
        InvalidInput: when there is no such procedure.
        InvalidFile: when the registry would not be whole; nothing is written.
        InstanceMissing: when there is no data folder yet.
    """
    ways = library.registry.get(broker_id).procedures
    meant = tuple(sorted(set(what))) or tuple(range(len(ways)))
    if not meant or not set(meant) <= set(range(len(ways))):
        raise InvalidInput(
            "There is no such way out at this broker.", field="procedures",
            remedy="Choose one that its page shows, or correct what the page says.")
    day = max([today - timedelta(days=1), *(checked + timedelta(days=1) for checked in
                        (ways[number].checked for number in meant) if checked)])
    procedures = fields(library, broker_id)["procedures"]
    for number in meant:
        procedures[number]["check_by"] = day.isoformat()
    correct(library, broker_id, {"procedures": procedures})
    return Outdated(broker_id, meant, day)


def undo(library: Library, broker_id: str) -> Broker | None:
    """Take the user's corrections of a broker back, or remove one that they added.

    Returns:
        The packaged broker, which is in force again; None where there is none.

    Raises:
        NotFound: when nothing of the user's own stands there.
        InvalidFile: when another own entry needs this one; nothing is written.
    """
    from optout.registry.own import overlay

    if not overlay.remove(library.overlay_file, library.packaged_file, (broker_id,),
                          cache_folder=library.cache_folder):
        raise NotFound(f"You have no correction of “{broker_id}”.",
                       remedy="See what you have with: optout registry diff")
    library.reload()
    return library.registry.get(broker_id) if broker_id in library.registry else None


def differences(library: Library, broker_id: str = "") -> tuple[EntryDifference, ...]:
    """How the user's own corrections stand to the packaged registry, conflicts among them.

    Args:
        library: brokers and laws.
        broker_id: only of this broker.

    Raises:
        InvalidFile: when one of the two files cannot be read.
    """
    from optout.registry.own.difference import differences as compared

    return tuple(one for one in compared(library.packaged_file, library.overlay_file)
                 if broker_id in ("", one.id))


def patch(library: Library) -> Patch:
    """The corrections as a patch for everyone's registry, without what may be personal.

    Raises:
        InvalidFile: when one of the two files cannot be read or changed in place.
    """
    from optout.registry.own.patch import patch_of

    return patch_of(library.packaged_file, library.overlay_file)


def _save(library: Library, broker_id: str, changes: Mapping[str, Any]) -> None:
    from optout.registry.own import overlay

    if not library.overlay_file.parent.is_dir():
        raise InstanceMissing(remedy="Set it up first: start “optout serve”.")
    overlay.save(library.overlay_file, library.packaged_file,
                 (overlay.Correction(broker_id, changes),), cache_folder=library.cache_folder)
    library.reload()


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80].strip("-")
