"""The person's own corrections: merged into brokers.local.yaml, checked before they are written."""

from __future__ import annotations

import threading
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from optout.domain.errors import InvalidFile, InvalidInput
from optout.registry import cache, strict_yaml
from optout.registry.own.blocks import blocks_of
from optout.registry.own.standing import OVER, canonical, digest
from optout.registry.reading import read_registry
from optout.registry.whole import write_whole
from optout.registry.writing import file_yaml

_HEAD = """\
# Your own corrections of the registry of brokers, and the brokers that you added.
# An entry with the id of a packaged one replaces the fields that stand here; null takes one out.
# “over” is written by the program: it shows when the packaged value has changed since.
schema: optout-brokers/1

"""
_WRITING = threading.Lock()


@dataclass(frozen=True, slots=True)
class Correction:
    """Fields of one entry that replace the packaged ones, or a whole entry of the person's own.

    Args:
        fields: raw values as they stand in YAML; None takes a field out.
    """

    id: str
    fields: Mapping[str, Any]


def save(overlay: Path, packaged: Path, corrections: Sequence[Correction], *,
         cache_folder: Path | None = None) -> None:
    """Lay corrections over those that stand in the overlay already.

    A field that gets its packaged value is no correction and leaves the overlay. The file is
    written whole or not at all, readable by its owner only; comments between entries stay.

    Args:
        overlay: brokers.local.yaml; made where it is missing, in a folder that is there.
        packaged: brokers.yaml; only read.
        corrections: laid over one another in this order.
        cache_folder: where the registry that was read to check it is kept for the next start.

    Raises:
        InvalidFile: with every problem that the registry would have; nothing is written then.
        InvalidInput: when a correction wants to change an id or what the program itself writes.
    """
    with _WRITING:
        own = own_entries(overlay)
        base = packaged_entries(packaged, {one.id for one in corrections})
        changed: dict[str, dict[str, Any] | None] = {}
        for one in corrections:
            before = changed.get(one.id, own.get(one.id)) or {}
            changed[one.id] = _corrected(one, before, base.get(one.id))
        _write(overlay, packaged, own, changed, cache_folder)


def remove(overlay: Path, packaged: Path, ids: Collection[str], *,
           cache_folder: Path | None = None) -> tuple[str, ...]:
    """Take entries out of the overlay, so that the packaged ones are in force again.

    Returns:
        The ids that stood there.

    Raises:
        InvalidFile: when the registry would not be whole without them; nothing is written then.
    """
    with _WRITING:
        own = own_entries(overlay)
        found = tuple(id_ for id_ in own if id_ in ids)
        if found:
            _write(overlay, packaged, own, dict.fromkeys(found), cache_folder)
    return found


def own_entries(overlay: Path) -> dict[str, dict[str, Any]]:
    """The raw entries of the overlay by id; empty where there is no such file.

    Raises:
        InvalidFile: when the file cannot be read.
    """
    return _by_id(strict_yaml.read_bytes(overlay), overlay.name) if overlay.exists() else {}


def packaged_entries(packaged: Path, ids: Collection[str]) -> dict[str, dict[str, Any]]:
    """The raw entries of the packaged file with these ids, where it has them.

    Raises:
        InvalidFile: when the file cannot be read.
    """
    content = strict_yaml.read_bytes(packaged)
    blocks = blocks_of(strict_yaml.read_text(content, packaged.name))
    if blocks is None:
        return {id_: fields for id_, fields in _by_id(content, packaged.name).items()
                if id_ in ids}
    found = {id_: blocks.fields(id_) for id_ in ids}
    return {id_: fields for id_, fields in found.items() if fields is not None}


def _by_id(content: bytes, name: str) -> dict[str, dict[str, Any]]:
    data, lines = strict_yaml.load(content, name=name)
    brokers = data.get("brokers") if isinstance(data, dict) else None
    if not isinstance(brokers, list) or not all(
            isinstance(entry, dict) and isinstance(entry.get("id"), str) for entry in brokers):
        raise InvalidFile(f"{name} holds no list of brokers with an id each.",
                          problems=(f"{name}:1: write “brokers:” and below it “- id:” for each.",),
                          remedy="Mend the file and try again; nothing was changed.")
    entries: dict[str, dict[str, Any]] = {}
    for number, entry in enumerate(brokers):
        if entry["id"] in entries:
            raise InvalidFile(f"{name} has two entries of one id.", problems=(
                f"{name}:{lines['brokers', number]}: {entry['id']}: stands twice: join the two.",),
                remedy="Mend the file and try again; nothing was changed.")
        entries[entry["id"]] = entry
    return entries


def _corrected(correction: Correction, own: Mapping[str, Any],
               base: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """The overlay's entry after a correction; None where nothing is left to correct."""
    entry = {"id": correction.id, **own}
    over = dict(entry.pop(OVER, {}))
    for name, value in correction.fields.items():
        if name == OVER or (name == "id" and value != correction.id):
            raise InvalidInput("An id is a promise and is never changed." if name == "id" else
                               "This field is written by the program.", field=name,
                               remedy="Leave it out.")
        if name == "id":
            continue
        packaged = (base or {}).get(name)
        entry.pop(name, None)
        over.pop(name, None)
        if canonical(name, value) != canonical(name, packaged):
            entry[name] = value
            if base is not None:
                over[name] = digest(name, packaged)
    if base is not None and len(entry) == 1:
        return None
    return {**entry, OVER: over} if over else entry


def _write(overlay: Path, packaged: Path, own: Mapping[str, dict[str, Any]],
           changed: Mapping[str, dict[str, Any] | None], cache_folder: Path | None) -> None:
    text = strict_yaml.read_text(overlay, overlay.name) if overlay.exists() else ""
    blocks = blocks_of(text)
    left = [entry for entry in {**own, **changed}.values() if entry]
    if blocks and left:
        text = blocks.edited(blocks.edits(changed))
    else:
        text = file_yaml(left, head=_head_of(text))
    content = text.encode("utf-8")
    files = [(packaged.name, strict_yaml.read_bytes(packaged)), (overlay.name, content)]
    reading = read_registry(files)
    reading.refuse_errors()
    write_whole(overlay, content)
    if cache_folder:
        cache.keep(cache_folder, cache.Kept(cache.key_of(files), reading.checked,
                                            reading.brokers))


def _head_of(text: str) -> str:
    """What stands above the list in a file; what a new file says where there is none."""
    head, found, _ = f"\n{text}".partition("\nbrokers:")
    return f"{head.lstrip()}\n" if found and head.strip() else _HEAD
