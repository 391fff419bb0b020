"""Guides are made of statements, and sources are published beside them.

Whole guides of earlier versions cannot be read any more. The seed brings in all that came from files; what staff had
changed is put aside, to be written anew as statements.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_KEY = ("guide_id", "region", "effective_from")
_OF_STATEMENTS = {"statements", "add", "replace", "remove"}


def _document_columns() -> list[sa.Column[Any]]:
    return [
        sa.Column("guide_id", sa.String(64), primary_key=True),
        sa.Column("region", sa.String(12), primary_key=True),
        sa.Column("effective_from", sa.String(10), primary_key=True),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("edited_at", sa.DateTime()),
    ]


def upgrade() -> None:
    op.create_table(
        "sources",
        sa.Column("source_id", sa.String(64), primary_key=True),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("seed_digest", sa.String(64), nullable=False, server_default=""),
        sa.Column("edited_at", sa.DateTime()),
    )
    aside = op.create_table("whole_guides", *_document_columns())
    documents = sa.table("guide_documents", *_document_columns())
    connection = op.get_bind()
    for row in connection.execute(sa.select(documents)).mappings().all():
        if _OF_STATEMENTS & set(row["body"]):
            continue
        if row["edited_at"] is not None:
            connection.execute(sa.insert(aside).values(**row))
        connection.execute(sa.delete(documents).where(*(documents.c[name] == row[name] for name in _KEY)))


def downgrade() -> None:
    documents = sa.table("guide_documents", *_document_columns())
    aside = sa.table("whole_guides", *_document_columns())
    connection = op.get_bind()
    connection.execute(sa.delete(documents))
    kept = ("body", "edited_at")
    connection.execute(
        sa.insert(documents).from_select([*_KEY, *kept], sa.select(*(aside.c[name] for name in (*_KEY, *kept))))
    )
    op.drop_table("whole_guides")
    op.drop_table("sources")
