"""Staff write notes on recorded turns; they go with the turn."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "turn_notes",
        sa.Column("note_id", sa.String(40), nullable=False),
        sa.Column("message_id", sa.String(40), nullable=False),
        sa.Column("flag", sa.String(12), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("note_id", name="pk_turn_notes"),
        sa.ForeignKeyConstraint(
            ["message_id"], ["turns.message_id"], name="fk_turn_notes_message_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_turn_notes_message_id", "turn_notes", ["message_id"])
    op.create_index("ix_turn_notes_flag_message_id", "turn_notes", ["flag", "message_id"])


def downgrade() -> None:
    op.drop_table("turn_notes")
