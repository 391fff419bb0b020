"""Who took places, whence, and how it was proven; the phone that a citizen has confirmed."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("visits", _text("phone_key", 64, nullable=True))
    _index_some("ix_visits_phone_key", "phone_key", "phone_key IS NOT NULL")
    op.drop_index("ix_visits_to_forget", "visits")
    _index_some("ix_visits_to_forget", "ended_at", "(name_key IS NOT NULL OR phone_key IS NOT NULL)")
    op.create_table(
        "takings",
        _text("taken_id", 40),
        _text("visitor_id", 40),
        _text("address_key", 64),
        _moment("at"),
        sa.Column("is_proven", sa.Boolean(), nullable=False),
        _text("settled_by", 120),
        sa.PrimaryKeyConstraint("taken_id", name="pk_takings"),
    )
    _index("takings", "at")
    _index("takings", "address_key", "at")
    _index("takings", "visitor_id", "at")
    op.create_table(
        "used_proofs",
        _text("proof_key", 64),
        _moment("at"),
        sa.PrimaryKeyConstraint("proof_key", name="pk_used_proofs"),
    )
    _index("used_proofs", "at")
    op.create_table(
        "phone_codes",
        _text("code_id", 40),
        _text("asked_for", 64),
        _text("visitor_id", 40),
        _text("address_key", 64),
        _text("phone_key", 64),
        _text("digits_key", 64),
        _moment("sent_at"),
        _moment("expires_at"),
        sa.Column("tries_left", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code_id", name="pk_phone_codes"),
    )
    for column in ("asked_for", "visitor_id", "address_key", "phone_key", "sent_at"):
        _index("phone_codes", column)


def downgrade() -> None:
    for table in ("phone_codes", "used_proofs", "takings"):
        op.drop_table(table)
    op.drop_index("ix_visits_to_forget", "visits")
    _index_some("ix_visits_to_forget", "ended_at", "name_key IS NOT NULL")
    op.drop_index("ix_visits_phone_key", "visits")
    op.drop_column("visits", "phone_key")


def _text(name: str, length: int, nullable: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.String(length), nullable=nullable)


def _moment(name: str) -> "sa.Column[Any]":
    return sa.Column(name, sa.DateTime(), nullable=False)


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def _index_some(name: str, column: str, where: str) -> None:
    only = sa.text(where)
    op.create_index(name, "visits", [column], sqlite_where=only, postgresql_where=only)
