"""Where the laws are written down: one head, and one file for each law."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import optout
from optout.domain.errors import InvalidFile

HEAD = "laws.yaml"
FOLDER = "laws"


def law_folder() -> Path:
    """The room that holds the head, the laws and the authorities."""
    return Path(optout.__file__).resolve().parent / "law"


def law_paths(folder: Path | None = None) -> tuple[Path, ...]:
    """The head, and each law after it, by name; default: those of the program."""
    folder = folder or law_folder()
    return (folder / HEAD, *sorted((folder / FOLDER).glob("*.yaml")))


def parsed_laws(folder: Path | None = None) -> dict[str, Any]:
    """The head with every law that it lists put in its place, as `law.reading` takes them.

    Args:
        folder: where they lie; default: those of the program.

    Raises:
        InvalidFile: when a file cannot be read, is listed twice, is not listed, or holds
            another law than its name says.
    """
    from optout.registry import strict_yaml

    folder = folder or law_folder()
    head, _ = strict_yaml.load(folder / HEAD, name=HEAD)
    if not isinstance(head, dict) or not isinstance(head.get("laws"), list):
        raise _refusal(f"{HEAD}: laws: expected the list of the laws' ids.")
    ids = [str(one) for one in head["laws"]]
    written = {path.stem for path in law_paths(folder)[1:]}
    _check(ids, written)
    return {**head, "laws": [_one(folder, law_id) for law_id in ids]}


def _one(folder: Path, law_id: str) -> Any:
    from optout.registry import strict_yaml

    name = f"{FOLDER}/{law_id}.yaml"
    law, _ = strict_yaml.load(folder / name, name=name)
    if not isinstance(law, dict) or law.get("id") != law_id:
        raise _refusal(f"{name}: id: must be “{law_id}”, as the file is called.")
    return law


def _check(ids: list[str], written: set[str]) -> None:
    problems = [
        *(f"{HEAD}: laws: “{one}” stands twice. Remove one."
          for one in dict.fromkeys(ids) if ids.count(one) > 1),
        *(f"{HEAD}: laws: there is no file {FOLDER}/{one}.yaml. Write it, or take the id out."
          for one in ids if one not in written),
        *(f"{FOLDER}/{one}.yaml: is not listed in {HEAD}. Add its id there."
          for one in sorted(written - set(ids)))]
    if problems:
        raise _refusal(*problems)


def _refusal(*problems: str) -> InvalidFile:
    return InvalidFile("The laws cannot be read.", problems=list(problems),
                       remedy=f"Mend these files; the head of {HEAD} explains them.")
