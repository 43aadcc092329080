"""What was asked of a set, and the answer; of the sets that there are by now it is not known."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the column."""
    column = sa.Column("asked", sa.Text, nullable=False, server_default=sa.text("''"))
    op.add_column("library_version", column)
