"""By what WeChat calls a letter that it took, so that its report afterwards is understood."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("wechat_letters", sa.Column("receipt", sa.String(64), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("wechat_letters", "receipt")
