"""The lists that scenarios come to are kept with their answers, sealed."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "checklists",
        sa.Column("checklist_id", sa.String(40), primary_key=True),
        sa.Column("visitor_id", sa.String(40), nullable=False),
        sa.Column("scenario_id", sa.String(64), nullable=False),
        sa.Column("is_draft", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("body_sealed", sa.Text(), nullable=False),
    )
    op.create_index("ix_checklists_visitor_id_changed_at", "checklists", ["visitor_id", "changed_at"])
    op.create_index("ix_checklists_changed_at", "checklists", ["changed_at"])


def downgrade() -> None:
    op.drop_table("checklists")
