"""How Alembic runs here: on the connection and in the transaction that it is handed."""

from __future__ import annotations

from alembic import context

from optout.store.models import Base

# The caller owns the transaction, so that all revisions come into force together or not at all.
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    transactional_ddl=False,
)
context.run_migrations()
