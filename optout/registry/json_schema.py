"""The JSON Schema of brokers.yaml, for editors; `python -m optout.registry.json_schema` writes it.

It says what one field may hold. What several fields say together is checked by `rules`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from optout.registry.fields import BROKER, HEAD

FILE_NAME = "brokers.schema.json"


def json_schema() -> dict[str, Any]:
    """The schema as a mapping, in the order of the tables."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "optout registry (brokers.yaml)",
        "type": "object",
        "additionalProperties": False,
        "required": ["brokers"],
        "properties": {
            **{one.name: {"description": one.meaning, **one.kind.schema()} for one in HEAD},
            "brokers": {"type": "array", "items": BROKER.schema()},
        },
    }


def written() -> str:
    """The schema as it stands in its file."""
    return json.dumps(json_schema(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    Path(FILE_NAME).write_text(written(), encoding="utf-8")
