"""The database's form: head equals the models, upgrades are copied first, failures change none."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.orm import Session

from optout.domain.errors import InstanceUnusable
from optout.domain.exposure import Exposure
from optout.domain.gate import GateAnswer
from optout.domain.wanted import PlanWish
from optout.store import (
    audit,
    exposures,
    followups,
    gates,
    matters,
    meta,
    people,
    requests,
    upgrade,
    wishes,
)
from optout.store.driver import give_key, load
from optout.store.engine import BEGIN, WRITE, open_engine
from optout.store.migrations import HEAD
from optout.store.models import Base
from optout.store.store import Store
from tests.quick_store import is_full_text
from tests.store import samples
from tests.store.conftest import Furnished

NEXT = f"{int(HEAD) + 1:04}"
ADDING = """
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "NEXT", "HEAD", None, None

def upgrade() -> None:
    with op.batch_alter_table("person", recreate="always") as table:
        table.add_column(sa.Column('pronouns', sa.Text(), nullable=False, server_default=''))

def downgrade() -> None:
    op.drop_column("person", "pronouns")
""".replace("NEXT", NEXT).replace("HEAD", HEAD)
FAILING = ADDING.replace("def downgrade", '    op.execute("DROP TABLE residence")\n'
                         '    op.execute("SELECT no_such_function()")\n\ndef downgrade')
ORPHANING = ADDING.replace("def downgrade", '    op.execute("DELETE FROM person")\n\ndef downgrade')

Later = Callable[[str], Path]


@pytest.fixture
def later(tmp_path: Path) -> Later:
    """The package's migrations with one more."""
    def make(following: str) -> Path:
        folder = tmp_path / "migrations"
        shutil.copytree(upgrade.MIGRATIONS, folder)
        (folder / "versions" / f"{NEXT}_next.py").write_text(following)
        return folder

    return make


def bring_up(store: Store, migrations: Path) -> None:
    upgrade.bring_up_to_date(
        store._engine, store.path, samples.KEY, migrations=migrations, head=NEXT)


def differences(store: Store, metadata: sa.MetaData) -> list[object]:
    with store._engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={
                "compare_type": True, "compare_server_default": True,
                "include_name": lambda name, kind, _: kind != "table" or not is_full_text(name)})
        return list(compare_metadata(context, metadata))


def test_the_newest_form_equals_the_models(store: Store) -> None:
    assert differences(store, Base.metadata) == []


def test_the_comparison_sees_a_column_of_another_type(store: Store) -> None:
    other = sa.MetaData(naming_convention=Base.metadata.naming_convention)
    for table in Base.metadata.sorted_tables:
        table.to_metadata(other)
    other.tables["request"].c.procedure_index.type = sa.Text()
    other.tables["request"].append_column(sa.Column("extra", sa.Text()))
    assert len(differences(store, other)) == 2


def test_indexes_and_constraints_bear_the_names_of_the_models(store: Store) -> None:
    with store._engine.connect() as connection:
        found = sa.inspect(connection)
        for table in Base.metadata.sorted_tables:
            assert {i["name"] for i in found.get_indexes(table.name)} == {
                i.name for i in table.indexes}
            assert {k["name"] for k in found.get_foreign_keys(table.name)} == {
                k.name for k in table.foreign_key_constraints}


def test_the_known_head_is_the_head_of_the_history() -> None:
    script = ScriptDirectory.from_config(upgrade.configuration())
    assert script.get_heads() == [HEAD]


def test_every_revision_goes_down_and_up_again(store: Store) -> None:
    config = upgrade.configuration()
    for act, goal in ((command.downgrade, "base"), (command.upgrade, "head")):
        with (store._engine.execution_options(**{BEGIN: WRITE}).connect() as connection,
              connection.begin()):
            config.attributes["connection"] = connection
            act(config, goal)
            tables = {name for name in sa.inspect(connection).get_table_names()
                      if not is_full_text(name)}
        assert tables == {"alembic_version"} | (
            set(Base.metadata.tables) if goal == "head" else set())
    assert differences(store, Base.metadata) == []


def test_an_upgrade_keeps_every_row_and_a_sealed_copy(furnished: Furnished, later: Later) -> None:
    store = furnished.store
    bring_up(store, later(ADDING))
    assert upgrade.revision_of(store._engine) == NEXT
    with store.reading() as session:
        assert people.get(session, furnished.person_id).names == samples.AVERY.names
        assert len(requests.after(session, "", 9)) == 1
        assert session.execute(sa.text("PRAGMA foreign_keys")).scalar() == 1
        assert session.execute(sa.text("SELECT pronouns FROM person")).scalar() == ""
    (copy,) = upgrade.copies(store.path)
    assert copy.name == f"optout.db.before-upgrade-of-{HEAD}"
    assert copy.stat().st_mode & 0o777 == 0o600
    opened = Store(copy, open_engine(copy, samples.KEY))
    assert upgrade.revision_of(opened._engine) == HEAD
    with opened.reading() as session:
        assert len(requests.after(session, "", 9)) == 1
    opened.close()


@pytest.mark.parametrize("broken", [FAILING, ORPHANING])
def test_a_failing_upgrade_leaves_the_old_database_whole(
    furnished: Furnished, later: Later, broken: str,
) -> None:
    store = furnished.store
    migrations = later(broken)
    with pytest.raises(InstanceUnusable, match="Nothing was changed"):
        bring_up(store, migrations)
    assert upgrade.revision_of(store._engine) == HEAD
    assert differences(store, Base.metadata) == []
    store.close()
    again = Store.open(store.path, samples.KEY)
    with again.reading() as session:
        assert people.get(session, furnished.person_id).residences == samples.AVERY.residences
        assert requests.get(session, furnished.request_id).person_id == furnished.person_id
    again.close()


def put(session: Session, table: str, **values: object) -> None:
    """Write a row into an older form of a table, which has fewer columns than the model."""
    there = {column["name"] for column in sa.inspect(session.connection()).get_columns(table)}
    columns = [sa.column(column.name, column.type)
               for column in Base.metadata.tables[table].columns if column.name in there]
    session.execute(sa.insert(sa.table(table, *columns)).values(
        {name: value for name, value in values.items() if name in there}))


def test_an_instance_of_the_first_form_keeps_everything(tmp_path: Path) -> None:
    path = tmp_path / "optout.db"
    path.touch()
    first = Store(path, open_engine(path, samples.KEY, new=True))
    upgrade.to_head(first._engine, head="0001")
    with first.writing() as session:
        person = people.save(session, samples.AVERY)
        matter = matters.current(session, person.id, samples.DAY)
        asked = samples.request(person.id, matter.id)
        happened = samples.event()
        put(session, "request", **requests._values(asked))
        put(session, "request_event", request_id=asked.id, seq=1, event=happened.event,
            happened_on=happened.on, recorded_at=happened.recorded_at, actor_id="owner",
            standing_after=happened.standing_after, detail=happened.detail,
            received_on=happened.received_on, until=happened.until)
        task = samples.follow_up(asked.id)
        put(session, "follow_up", **asdict(task))
        meta.put(session, "counted_by", "{}")
        seen = exposures.add(session, Exposure(
            person.id, "acme-data", "https://example.com/avery", samples.DAY))
        gates.record(session, person.id, GateAnswer(
            "new-fact", "acme-data", accepted=True, answered_on=samples.DAY, actor="owner"))
        audit.write(session, "owner", "add_person", person.id, samples.NOW)
    first.close()

    store = Store.open(path, samples.KEY)
    assert upgrade.revision_of(store._engine) == HEAD
    assert differences(store, Base.metadata) == []
    with store.writing() as session:
        assert people.page(session, most=9) == (replace(samples.AVERY, id=person.id),)
        assert requests.after(session, "", 9) == (replace(asked, moved_on=samples.DAY),)
        (kept,) = followups.of_request(session, asked.id)
        assert kept == replace(
            task, person_id=person.id, broker_id=asked.broker_id, show_on=task.due_on, number=1,
            changed_at=kept.changed_at)
        assert meta.get(session, "counted_by") is None  # so that all are counted anew
        counts = Base.metadata.tables["standing_count"]
        assert session.scalar(sa.select(sa.func.sum(counts.c.requests))) == 1
        assert requests.events(session, "OPT-7K3M9Q") == (samples.event(),)
        assert exposures.of_person(session, person.id) == (seen,)
        assert len(gates.answers(session, person.id)) == 1
        assert [entry.act for entry in audit.latest(session)] == ["add_person"]
        assert wishes.get(session, person.id) == PlanWish()
        wishes.put(session, person.id, PlanWish(set_on=samples.DAY))
    (copy,) = upgrade.copies(path)
    assert copy.name == "optout.db.before-upgrade-of-0001"
    store.close()


def test_a_database_of_a_newer_version_is_refused_and_left_alone(path: Path) -> None:
    connection = load().connect(str(path))
    give_key(connection, samples.KEY)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    with pytest.raises(InstanceUnusable, match="newer version"):
        Store.open(path, samples.KEY)
    assert path.read_bytes() == before
    assert upgrade.copies(path) == ()


def test_a_copy_of_an_earlier_try_is_replaced(furnished: Furnished) -> None:
    store = furnished.store
    stale = store.path.with_name(f"optout.db.before-upgrade-of-{HEAD}")
    stale.write_bytes(b"stale")
    assert upgrade.copy_sealed(store._engine, store.path, samples.KEY, HEAD) == stale
    assert stale.stat().st_size > 4096


def test_a_copy_that_cannot_be_read_back_stops_the_upgrade(furnished: Furnished) -> None:
    store = furnished.store
    with pytest.raises(InstanceUnusable, match="safety copy"):
        upgrade.copy_sealed(store._engine, store.path, samples.KEY, "0000")
    assert upgrade.copies(store.path) == ()


def test_a_second_process_finds_the_upgrade_done(
    furnished: Furnished, later: Later, monkeypatch: pytest.MonkeyPatch,
) -> None:
    store, migrations = furnished.store, later(ADDING)
    whole = upgrade.copy_sealed

    def overtaken(engine: sa.Engine, path: Path, key_hex: str, revision: str) -> Path:
        monkeypatch.undo()
        bring_up(store, migrations)  # what the other process does just now
        return whole(engine, path, key_hex, revision)

    monkeypatch.setattr(upgrade, "copy_sealed", overtaken)
    bring_up(store, migrations)
    (copy,) = upgrade.copies(store.path)
    assert copy.name == f"optout.db.before-upgrade-of-{HEAD}"
    assert upgrade.revision_of(store._engine) == NEXT


def test_an_open_store_upgrades_by_itself(
    path: Path, later: Later, monkeypatch: pytest.MonkeyPatch,
) -> None:
    migrations = later(ADDING)
    whole = upgrade.bring_up_to_date

    def newer(engine: sa.Engine, path: Path, key_hex: str) -> None:
        whole(engine, path, key_hex, migrations=migrations, head=NEXT)

    monkeypatch.setattr(upgrade, "bring_up_to_date", newer)
    Store.open(path, samples.KEY).close()
    (copy,) = upgrade.copies(path)
    assert copy.exists()
