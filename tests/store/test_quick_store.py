"""The databases that the other tests begin with are the ones that the migrations make."""

from __future__ import annotations

from pathlib import Path

from optout.store import store
from tests import quick_store

KEY = "ab" * 32


def said(schema: tuple[str, ...]) -> list[list[str]]:
    """The statements line by line; the order in which constraints stand means nothing."""
    return sorted(sorted(line.strip().rstrip(",") for line in sql.splitlines()) for sql in schema)


def test_a_database_of_the_tests_is_a_migrated_one(tmp_path: Path) -> None:
    assert store._build is quick_store.build
    quick, real = tmp_path / "quick.db", tmp_path / "real.db"
    quick_store.build(quick, KEY)
    quick_store.migrated(real, KEY)
    schema, rows = quick_store.content(real, KEY)
    quick_schema, quick_rows = quick_store.content(quick, KEY)
    assert said(quick_schema) == said(schema)
    assert dict(quick_rows) == dict(rows)
    assert len(schema) > 20
    assert dict(rows)["alembic_version"]
    assert quick.stat().st_mode == real.stat().st_mode
