"""What citizens asked in vain is found without looking through all turns, and given to departments."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "question_tasks",
        sa.Column("task_id", sa.String(40), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(80), nullable=False),
        sa.Column("due_on", sa.String(10), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("done_by", sa.String(64), nullable=False),
        sa.Column("done_at", sa.DateTime()),
        sa.PrimaryKeyConstraint("task_id", name="pk_question_tasks"),
    )
    op.create_index("ix_turns_outcome_received_at", "turns", ["outcome", "received_at"])
    op.create_index("ix_answers_judged_at", "answers", ["judged_at"])


def downgrade() -> None:
    op.drop_index("ix_answers_judged_at", "answers")
    op.drop_index("ix_turns_outcome_received_at", "turns")
    op.drop_table("question_tasks")
