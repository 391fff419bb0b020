"""What was published is told with its time, so that it can be forgotten."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("knowledge_changes", sa.Column("at", sa.DateTime()))


def downgrade() -> None:
    op.drop_column("knowledge_changes", "at")
