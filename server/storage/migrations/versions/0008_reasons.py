"""Why a turn ended as it did: the name of the rule."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("turns", sa.Column("reason", sa.String(60), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("turns", "reason")
