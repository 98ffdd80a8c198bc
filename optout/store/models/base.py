"""The declarative base: names of constraints, and how Python types are stored."""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any, ClassVar

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

WORD_LENGTH = 40
"""Room for the value of any enum; a database that checks lengths needs a number."""


class UtcTime(sa.types.TypeDecorator[datetime]):
    """An aware instant, stored as UTC; a naive one is refused."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """To UTC without its zone, as SQLite stores it.

        Raises:
            ValueError: for an instant without a zone.
        """
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("An instant needs its zone.")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Back to an aware UTC time."""
        del dialect
        return value if value is None or value.tzinfo else value.replace(tzinfo=UTC)


class Snapshot(sa.types.TypeDecorator[Any]):
    """An immutable domain value kept whole as JSON, read back as the same type.

    For what is never queried by its parts: the footings of a request, the arithmetic of a
    deadline. What is queried has columns of its own.

    Args:
        kind: the type of the value.
        shared: rows that say the same share one value, which is then read once; only for what
            holds no personal data, as such values stay in memory.
    """

    impl = sa.Text
    cache_ok = True

    def __init__(self, kind: Any, *, shared: bool = False) -> None:
        super().__init__()
        self.kind = kind
        self.shared = shared

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> str | None:
        """To JSON text."""
        del dialect
        return None if value is None else msgspec.json.encode(value).decode()

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> Any:
        """To the domain value, checked against its type."""
        del dialect
        if value is None:
            return None
        return _shared(self.kind, value) if self.shared else _decoder(self.kind).decode(value)


@lru_cache(maxsize=1_024)
def _shared(kind: Any, value: str) -> Any:
    return _decoder(kind).decode(value)


@cache
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)


def _values(words: type[StrEnum]) -> list[str]:
    return [word.value for word in words]


class Base(DeclarativeBase):
    """What every table has in common."""

    metadata = sa.MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: sa.Text(),
        bool: sa.Boolean(create_constraint=False),
        bytes: sa.LargeBinary(),
        date: sa.Date(),
        datetime: UtcTime(),
        StrEnum: sa.Enum(
            StrEnum, native_enum=False, create_constraint=False,
            length=WORD_LENGTH, values_callable=_values,
        ),
    }

    def __repr__(self) -> str:
        """The class alone: rows hold personal data, and representations end up in logs."""
        return f"<{type(self).__name__}>"
