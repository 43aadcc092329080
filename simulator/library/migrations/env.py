"""Run by Alembic, with the connection that :func:`simulator.library.migrations.upgrade` gives it.

The transaction is the caller's: all revisions are made together, or none is.
"""

from alembic import context

from simulator.library.migrations import TABLE
from simulator.library.tables import Table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    version_table=TABLE,
)
context.run_migrations()
