"""To the newest form: the database is copied first, then changed all at once or not at all."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from optout.domain.errors import DiskFull, InstanceUnusable, OptoutError
from optout.store import diagnosis, driver
from optout.store.engine import BEGIN, WRITE
from optout.store.migrations import HEAD

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).with_name("migrations")


def revision_of(engine: sa.Engine) -> str:
    """The form that the database has; empty for a new one."""
    with engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return ""
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        return str(found or "")


def bring_up_to_date(
    engine: sa.Engine, path: Path, key_hex: str, *,
    migrations: Path = MIGRATIONS, head: str = HEAD,
) -> None:
    """Copy a sealed database of an older form, then run the missing revisions.

    Raises:
        DiskFull, InstanceUnusable: as `copy_sealed` and `to_head`; the database is as it was.
    """
    revision = revision_of(engine)
    if revision == head:
        return
    _check_known(configuration(migrations), revision)
    if revision:
        try:
            copy_sealed(engine, path, key_hex, revision)
        except InstanceUnusable:
            if revision_of(engine) == head:
                return  # another process was faster, and made its own copy
            raise
    to_head(engine, migrations=migrations, head=head)


def to_head(engine: sa.Engine, *, migrations: Path = MIGRATIONS, head: str = HEAD) -> None:
    """Run the missing revisions, all in one transaction.

    Raises:
        DiskFull: when there is no room.
        InstanceUnusable: when a revision fails; the database is then as it was.
    """
    config = configuration(migrations)
    with engine.execution_options(**{BEGIN: WRITE}).connect() as connection:
        # Rebuilding a table drops the old one, which would take its children along.
        _outside_transaction(connection, "PRAGMA foreign_keys=OFF")
        try:
            _run(connection, config, head)
        except Exception as error:
            connection.rollback()
            raise _explained(engine, error, head) from error
        finally:
            _outside_transaction(connection, "PRAGMA foreign_keys=ON")


def copy_sealed(engine: sa.Engine, path: Path, key_hex: str, revision: str) -> Path:
    """Copy the database, sealed with the same key, and open the copy to prove it.

    Raises:
        DiskFull: when there is no room; the half-written copy is removed.
        InstanceUnusable: when the copy cannot be read back.
    """
    target = path.with_name(f"{path.name}.before-upgrade-of-{revision}")
    unfinished = path.with_name(f".{target.name}.{secrets.token_hex(4)}")
    # The file is made first, by us, so that it is never open to others.
    os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        _vacuum_into(engine, unfinished)
        _prove(unfinished, key_hex, revision)
        unfinished.replace(target)
    except driver.load().Error as error:
        if "full" in str(error):
            raise DiskFull("There is no room for a safety copy of the database.",
                           remedy=f"Free {path.stat().st_size // 1_000_000 + 1} MB and try again; "
                                  "nothing was changed.") from error
        raise InstanceUnusable("The safety copy of the database could not be made.",
                               remedy="Nothing was changed. Check the disk, and that the data "
                                      "folder belongs to you.") from error
    finally:
        unfinished.unlink(missing_ok=True)
    return target


def copies(path: Path) -> tuple[Path, ...]:
    """The sealed copies that earlier upgrades left."""
    return tuple(sorted(path.parent.glob(f"{path.name}.before-upgrade-of-*")))


def configuration(migrations: Path = MIGRATIONS) -> Config:
    """Alembic's settings, made here instead of in a file."""
    from alembic.config import Config  # late: it costs more than opening the database

    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _run(connection: sa.Connection, config: Config, head: str) -> None:
    from alembic import command  # late: it costs more than opening the database

    with connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, head)
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise InstanceUnusable(f"The upgrade would leave {len(broken)} rows without owner.")


def _explained(engine: sa.Engine, error: Exception, head: str) -> OptoutError:
    if isinstance(error, sa.exc.OperationalError):
        told = diagnosis.in_use(Path(engine.url.database or ""), str(error.orig))
        if told:
            return told
    return InstanceUnusable(
        f"The database could not be brought to the form of this version ({head}).",
        remedy="Nothing was changed: the earlier version of optout still opens it. "
               "Please report this.")


def _check_known(config: Config, revision: str) -> None:
    from alembic.script import ScriptDirectory

    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if revision and revision not in known:
        raise InstanceUnusable("A newer version of optout made this database.",
                               remedy="Install that version or a later one; nothing was changed.")


def _outside_transaction(connection: sa.Connection, statement: str) -> None:
    raw: Any = connection.connection.dbapi_connection
    raw.execute(statement).fetchall()


def _vacuum_into(engine: sa.Engine, target: Path) -> None:
    with engine.connect() as connection:
        raw: Any = connection.connection.dbapi_connection
        raw.execute("PRAGMA query_only=OFF")
        raw.execute("VACUUM INTO ?", (str(target),))


def _prove(target: Path, key_hex: str, revision: str) -> None:
    connection: Any = driver.load().connect(str(target))
    try:
        driver.give_key(connection, key_hex)
        found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        damaged = connection.execute("PRAGMA cipher_integrity_check").fetchall()
    finally:
        connection.close()
    if found != (revision,) or damaged:
        raise InstanceUnusable("The safety copy of the database could not be read back.",
                               remedy="Nothing was changed. Check the disk and try again.")
