"""The overlay as a patch for everybody's brokers.yaml, without what may be personal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from optout.domain.errors import InvalidFile
from optout.registry import strict_yaml
from optout.registry.own.blocks import Blocks, Edit, blocks_of
from optout.registry.own.difference import EntryDifference, difference
from optout.registry.own.overlay import own_entries
from optout.registry.own.sharing import LeftOut, Screen
from optout.registry.own.standing import OVER, Standing, canonical
from optout.registry.reading import read_registry

_CONTEXT = 3
_NAME = "brokers.yaml"

Opcode = tuple[str, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Patch:
    """A patch, and what it tells about the overlay.

    Args:
        text: a unified diff that `git apply` and `patch -p1` take; empty where there is nothing.
        shared: what goes out, by entry.
        left_out: what stays at home, each with its reason.
    """

    text: str
    shared: tuple[EntryDifference, ...]
    left_out: tuple[LeftOut, ...]


def patch_of(packaged: Path, overlay: Path) -> Patch:
    """The overlay as a patch of the packaged file.

    Only fields of the schema go in. Evidence, links that look like one person's listing, and
    mailboxes or long numbers in sentences are left out and named; so is a whole entry that would
    not be right without them, and one that the packaged file has changed since (a conflict).

    Args:
        packaged: brokers.yaml, with each entry's “- id:” at the beginning of a line.
        overlay: brokers.local.yaml; need not exist.

    Raises:
        InvalidFile: when a file cannot be read, or the packaged one cannot be changed in place.
    """
    blocks = blocks_of(strict_yaml.read_text(packaged, packaged.name))
    if blocks is None:
        raise InvalidFile(f"{packaged.name} is laid out in a way that cannot be patched.",
                          remedy="Begin a line with “brokers:”, and each entry with “- id:”.")
    shared: dict[str, EntryDifference] = {}
    entries: dict[str, dict[str, Any]] = {}
    left_out: list[LeftOut] = []
    for id_, own in own_entries(overlay).items():
        base = blocks.fields(id_)
        made, held_back = _entry(own, base)
        left_out += held_back
        if made is not None:
            entries[id_] = made
            shared[id_] = difference(_changes(made, base), base)
    for id_, reason in _unfit(packaged.name, blocks, entries):
        left_out.append(LeftOut(id_, "", reason))
        del entries[id_], shared[id_]
    return Patch(_diff(blocks, blocks.edits(entries)), tuple(shared.values()), tuple(left_out))


def _entry(own: Mapping[str, Any],
           base: Mapping[str, Any] | None) -> tuple[dict[str, Any] | None, list[LeftOut]]:
    """The entry as it will stand in the packaged file; None where nothing is to be changed."""
    id_ = own["id"]
    found = difference(own, base)
    if found.kind == Standing.TAKEN_UP:
        return None, []
    conflicts = [one.field for one in found.fields] if found.kind == Standing.CONFLICT else []
    screen = Screen(id_, frozenset(_texts(base or {})), _patterns(own, base or {}))
    fields = {name: value for name, value in own.items()
              if name not in {"id", OVER, *conflicts} and value is not None}
    passed = screen.passes(fields)
    held_back = [*screen.left_out, *(
        LeftOut(id_, name, "The packaged registry has changed it since: look at both first.")
        for name in conflicts)]
    gone = {name for name, value in own.items() if value is None and name not in conflicts}
    made = {name: value for name, value in {**(base or {"id": id_}), **passed}.items()
            if name not in gone}
    return (made if _changes(made, base).keys() > {"id"} else None), held_back


def _changes(made: Mapping[str, Any], base: Mapping[str, Any] | None) -> dict[str, Any]:
    """The id, and the fields in which the made entry differs from the packaged one."""
    names = [*made, *(name for name in base or () if name not in made)]
    return {"id": made["id"]} | {
        name: made.get(name) for name in names if name != "id"
        and canonical(name, made.get(name)) != canonical(name, (base or {}).get(name))}


def _patterns(*entries: Mapping[str, Any]) -> tuple[str, ...]:
    searches = [entry["search"] for entry in entries if isinstance(entry.get("search"), Mapping)]
    return tuple(search["pattern"] for search in searches if "pattern" in search)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list):
        for item in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(item)


def _unfit(name: str, blocks: Blocks,
           entries: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, str]]:
    """The entries with which the packaged file would no longer be right, each with the reason."""
    unfit: dict[str, str] = {}
    left = dict(entries)
    while left:
        text = blocks.edited(blocks.edits(left))
        found = {error.broker: "Without what is left out the entry is not right: "
                 f"{error.field} {error.message}"
                 for error in read_registry([(name, text.encode("utf-8"))]).errors
                 if error.broker in left}
        if not found:
            break
        unfit |= found
        left = {id_: entry for id_, entry in entries.items() if id_ not in unfit}
    return list(unfit.items())


def _diff(blocks: Blocks, edits: Sequence[Edit]) -> str:
    new = blocks.edited(edits).removesuffix("\n").split("\n")
    old = [line.removesuffix("\n") for line in blocks.lines]
    lines = []
    for group in _Known(_opcodes(blocks, edits)).get_grouped_opcodes(_CONTEXT):
        (_, old_from, _, new_from, _), (_, _, old_to, _, new_to) = group[0], group[-1]
        lines.append(f"@@ -{_range(old_from, old_to)} +{_range(new_from, new_to)} @@")
        for tag, first, after, new_first, new_after in group:
            if tag == "equal":
                lines += [f" {line}" for line in old[first:after]]
            else:
                lines += [f"-{line}" for line in old[first:after]]
                lines += [f"+{line}" for line in new[new_first:new_after]]
    return "\n".join([f"--- a/{_NAME}", f"+++ b/{_NAME}", *lines, ""]) if lines else ""


def _opcodes(blocks: Blocks, edits: Sequence[Edit]) -> list[Opcode]:
    """The edits line by line; only the lines of an edit are compared, for the file is long."""
    codes: list[Opcode] = []
    here = shift = 0
    for first, after, written in edits:
        codes.append(("equal", here, first, here + shift, first + shift))
        codes += [(tag, first + one, first + two, first + shift + three, first + shift + four)
                  for tag, one, two, three, four in SequenceMatcher(
                      None, blocks.lines[first:after], written, autojunk=False).get_opcodes()]
        here, shift = after, shift + len(written) - (after - first)
    end = len(blocks.lines)
    codes.append(("equal", here, end, here + shift, end + shift))
    joined: list[Opcode] = []
    for code in codes:
        if joined and code[0] == joined[-1][0] == "equal":
            joined[-1] = (*joined[-1][:2], code[2], joined[-1][3], code[4])
        elif code[1] < code[2] or code[3] < code[4]:
            joined.append(code)
    return joined


class _Known(SequenceMatcher[str]):
    """Groups differences that are known already."""

    def __init__(self, codes: list[Opcode]) -> None:
        super().__init__()
        self._codes = codes

    def get_opcodes(self) -> list[Any]:
        return list(self._codes)


def _range(first: int, after: int) -> str:
    """Lines as a unified diff counts them: from 1, or the line before where there are none."""
    count = after - first
    return f"{first + 1 if count else first},{count}"
