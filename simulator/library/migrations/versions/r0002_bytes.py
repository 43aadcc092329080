"""How much a shelf holds, so that it need not be added up each time something is saved."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the column, with what there is by now."""
    column = sa.Column("bytes", sa.BigInteger, nullable=False, server_default="0")
    op.add_column("library_shelf", column)
    op.execute(
        """
        UPDATE library_shelf SET bytes = coalesce((
            SELECT sum(length(library_version.content)) FROM library_version
            JOIN library_entry ON library_entry.id = library_version.entry_id
            WHERE library_entry.shelf_id = library_shelf.id
        ), 0)
        """
    )
