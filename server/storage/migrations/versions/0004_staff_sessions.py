"""What the sessions of a staff account must carry: whoever changes it ends them all."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("staff_accounts") as accounts:
        accounts.add_column(sa.Column("session_mark", sa.String(32), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("staff_accounts") as accounts:
        accounts.drop_column("session_mark")
