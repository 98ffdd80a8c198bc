"""Where the safety rules are written down."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import optout


def parsed_gates() -> Any:
    """The file of the program's safety rules, as `planning.gate_book.read_gates` takes it.

    Raises:
        InvalidFile: when it cannot be read.
    """
    from optout.registry import strict_yaml

    path = Path(optout.__file__).resolve().parent / "planning" / "gates.yaml"
    data, _ = strict_yaml.load(path, name=path.name)
    return data
