"""Counsel as a file: `counsel.yaml` in, every refusal with its line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from optout.domain.errors import InvalidFile
from optout.domain.never_kept import kept_text
from optout.domain.person import Counsel
from optout.services.counsel import Office
from optout.services.person_fields import Problem, Reader
from optout.services.person_file import address_to_mapping

_FIELDS = ("name", "organisation", "address", "may_show_home")


def read_counsel_file(path: Path) -> Office:
    """Read counsel from a YAML file with `name`, `organisation`, `address`, `may_show_home`.

    Raises:
        InvalidFile: with every problem, each as `file:line: field: what is wrong`.
    """
    from optout.registry import strict_yaml

    data, lines = strict_yaml.load(path, name=path.name)
    office, problems = office_of(data if isinstance(data, Mapping) else {})
    if office is None or problems:
        raise InvalidFile(
            f"{path.name} cannot be read.",
            problems=[f"{path.name}:{strict_yaml.line_of(lines, problem.path)}: {problem}"
                      for problem in problems],
            remedy="Mend these lines and try again; nothing was stored.")
    return office


def office_of(data: Mapping[str, Any]) -> tuple[Office | None, tuple[Problem, ...]]:
    """Counsel in a mapping of the file's shape, and every problem with it.

    Returns:
        None for counsel where the problems leave none.
    """
    reader = Reader()
    reader.known_keys((), data, _FIELDS)
    name = reader.optional((), data, "name", kept_text)
    organisation = reader.optional((), data, "organisation", kept_text) or ""
    address = reader.postal(("address",), data.get("address"))
    may_show_home = reader.truth((), data, "may_show_home")
    for field, there in (("name", data.get("name")), ("address", data.get("address"))):
        if not there:
            reader.wrong((field,), f"Counsel has no {field}.", f"Write `{field}:` with its value.")
    if name is None or address is None:
        return None, tuple(reader.problems)
    return Office(name, address, organisation, may_show_home), tuple(reader.problems)


def counsel_to_mapping(counsel: Counsel) -> dict[str, Any]:
    """Counsel in the shape of the file, with the day and the hand of the last entry."""
    return {
        "name": counsel.name, "organisation": counsel.organisation,
        "address": address_to_mapping(counsel.address), "may_show_home": counsel.may_show_home,
        "confirmed_on": counsel.confirmed_on.isoformat(), "actor": counsel.actor}
