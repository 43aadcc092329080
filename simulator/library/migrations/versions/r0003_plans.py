"""Which plans a set holds; what there is by now are single scenarios."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the column."""
    column = sa.Column("plans", sa.Text, nullable=False, server_default=sa.text("''"))
    op.add_column("library_version", column)
