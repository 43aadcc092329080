"""What results can be doubted for; of the scenarios that there are by now lists do not say it."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the column."""
    column = sa.Column("doubts", sa.Text, nullable=False, server_default=sa.text("''"))
    op.add_column("library_version", column)
