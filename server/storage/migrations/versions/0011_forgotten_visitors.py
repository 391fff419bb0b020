"""Visitors who wanted to be forgotten, as digests."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "forgotten_visitors",
        sa.Column("visitor_key", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("visitor_key", name="pk_forgotten_visitors"),
    )
    op.create_index("ix_forgotten_visitors_at", "forgotten_visitors", ["at"])


def downgrade() -> None:
    op.drop_table("forgotten_visitors")
