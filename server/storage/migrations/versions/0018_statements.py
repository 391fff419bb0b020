"""Guides are made of statements, and sources are published beside them.

Whole guides of earlier versions cannot be read any more. The seed brings in all that came from files; what staff had
changed is put aside, to be written anew as statements. Topics of the hall stay.
"""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_KEY = ("guide_id", "region", "effective_from")
_KEPT = (*_KEY, "body", "edited_at")
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
    keys = [documents.c[name] for name in _KEY]
    # As text: a body that is no JSON is put aside too.
    guides = sa.select(*keys, sa.cast(documents.c.body, sa.Text)).where(_is_guide(documents))
    for *key, body in connection.execute(guides).all():
        if _is_of_statements(body):
            continue
        this = sa.and_(*(column == value for column, value in zip(keys, key, strict=True)))
        edited = sa.select(*(documents.c[name] for name in _KEPT)).where(this, documents.c.edited_at.is_not(None))
        connection.execute(sa.insert(aside).from_select(_KEPT, edited))
        connection.execute(sa.delete(documents).where(this))


def downgrade() -> None:
    documents = sa.table("guide_documents", *_document_columns())
    aside = sa.table("whole_guides", *_document_columns())
    connection = op.get_bind()
    connection.execute(sa.delete(documents).where(_is_guide(documents)))
    connection.execute(sa.insert(documents).from_select(_KEPT, sa.select(*(aside.c[name] for name in _KEPT))))
    op.drop_table("whole_guides")
    op.drop_table("sources")


def _is_guide(documents: sa.TableClause) -> sa.ColumnElement[bool]:
    return documents.c.guide_id.not_like("hall-%")


def _is_of_statements(body: str) -> bool:
    try:
        read = json.loads(body)
    except ValueError:
        return False
    return isinstance(read, dict) and bool(_OF_STATEMENTS & read.keys())
