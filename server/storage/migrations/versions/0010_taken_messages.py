"""Which messages of which door were taken already."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "taken_messages",
        sa.Column("door", sa.String(10), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("message_id", sa.String(40), nullable=False),
        sa.Column("taken_at", sa.DateTime(), nullable=False),
        sa.Column("leased_until", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("door", "key", name="pk_taken_messages"),
    )
    op.create_index("ix_taken_messages_taken_at", "taken_messages", ["taken_at"])


def downgrade() -> None:
    op.drop_table("taken_messages")
