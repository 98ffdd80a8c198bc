"""Rows by the thousand are stored as one by one: converted, and NULL where there is no value."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import sqlalchemy as sa

from optout.store import bulk
from optout.store.models import AuditRow
from optout.store.store import Store

TABLE = AuditRow.__table__


def test_rows_are_stored_as_their_columns_convert_them(store: Store) -> None:
    assert isinstance(TABLE, sa.Table)
    at = datetime(2026, 11, 27, 1, 30, tzinfo=timezone(timedelta(hours=2)))
    rows = [bulk.raw(TABLE, {"at": at, "actor_id": "owner", "act": "try", "subject": str(number)})
            for number in range(bulk.CHUNK + 1)]
    with store.writing() as session:
        assert bulk.add_raw(session, TABLE, rows) == bulk.CHUNK + 1
    with store.reading() as session:
        found = session.execute(sa.select(AuditRow.at, AuditRow.id).where(
            AuditRow.act == "try").order_by(AuditRow.id)).all()
    assert len(found) == bulk.CHUNK + 1
    assert found[0].at == datetime(2026, 11, 26, 23, 30, tzinfo=UTC)
