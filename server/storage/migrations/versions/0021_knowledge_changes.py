"""What was published, change by change, so that every node sees it within a second."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "knowledge_changes",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("thing_id", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_knowledge_changes"),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("knowledge_changes")
