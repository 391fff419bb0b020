"""Citizens who want to be told wait for an answer."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "awaited_answers",
        sa.Column("awaited_id", sa.String(40), nullable=False),
        sa.Column("visitor_id", sa.String(40), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("region", sa.String(12), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("told_at", sa.DateTime()),
        sa.PrimaryKeyConstraint("awaited_id", name="pk_awaited_answers"),
    )
    op.create_index("ix_awaited_answers_asked_at", "awaited_answers", ["asked_at"])
    op.create_index("ix_awaited_answers_visitor_id", "awaited_answers", ["visitor_id"])
    op.create_index("ix_awaited_answers_told_at_asked_at", "awaited_answers", ["told_at", "asked_at"])


def downgrade() -> None:
    op.drop_table("awaited_answers")
