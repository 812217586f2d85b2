"""Run by Alembic: everything happens on the connection it is handed, inside that connection's one transaction."""

from __future__ import annotations

from alembic import context

from mtss_desktop.store.schema import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
    transactional_ddl=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
