"""Shelves, entries with tags, and their versions."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_MOMENT = sa.DateTime(timezone=True)
_KEY = sa.String(32)


def upgrade() -> None:
    """Make the tables."""
    _make_shelves()
    _make_entries()
    _make_tags()
    _make_versions()


def _make_shelves() -> None:
    op.create_table(
        "library_shelf",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("edit_key", _KEY, nullable=False),
        sa.Column("view_key", _KEY, nullable=False),
        sa.Column("created", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_library_shelf"),
        sa.UniqueConstraint("edit_key", name="uq_library_shelf_edit_key"),
        sa.UniqueConstraint("view_key", name="uq_library_shelf_view_key"),
    )


def _make_entries() -> None:
    op.create_table(
        "library_entry",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("shelf_id", sa.Integer, nullable=False),
        sa.Column("uid", sa.String(36), nullable=False),
        sa.Column("edit_key", _KEY, nullable=False),
        sa.Column("view_key", _KEY, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("description", sa.Text, nullable=False),
        sa.Column("organisation", sa.Text, nullable=False),
        sa.Column("searchable", sa.Text, nullable=False),
        sa.Column("head", sa.Integer, nullable=False),
        sa.Column("created", _MOMENT, nullable=False),
        sa.Column("changed", _MOMENT, nullable=False),
        sa.Column("deleted", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_library_entry"),
        sa.ForeignKeyConstraint(
            ["shelf_id"],
            ["library_shelf.id"],
            name="fk_library_entry_shelf_id",
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint("shelf_id", "uid", name="uq_library_entry_shelf_id"),
        sa.UniqueConstraint("edit_key", name="uq_library_entry_edit_key"),
        sa.UniqueConstraint("view_key", name="uq_library_entry_view_key"),
    )
    op.create_index("ix_library_entry_newest", "library_entry", ["shelf_id", "changed"])
    op.create_index("ix_library_entry_deleted", "library_entry", ["deleted"])


def _make_tags() -> None:
    op.create_table(
        "library_tag",
        sa.Column("entry_id", sa.Integer, nullable=False),
        sa.Column("folded", sa.Text, nullable=False),
        sa.Column("tag", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("entry_id", "folded", name="pk_library_tag"),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["library_entry.id"], name="fk_library_tag_entry_id", ondelete="CASCADE"
        ),
    )


def _make_versions() -> None:
    op.create_table(
        "library_version",
        sa.Column("entry_id", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("results", sa.Text, nullable=True),
        sa.Column("content", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("entry_id", "number", name="pk_library_version"),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["library_entry.id"],
            name="fk_library_version_entry_id",
            ondelete="CASCADE",
        ),
    )
