"""The official account's token, and whom the account knows."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "wechat_tokens",
        sa.Column("app_id", sa.String(64), nullable=False),
        sa.Column("token_sealed", sa.Text),
        sa.Column("good_until", sa.DateTime()),
        sa.Column("holder", sa.String(40), nullable=False, server_default=""),
        sa.Column("held_until", sa.DateTime()),
        sa.PrimaryKeyConstraint("app_id", name="pk_wechat_tokens"),
    )
    op.create_table(
        "wechat_people",
        sa.Column("openid", sa.String(64), nullable=False),
        sa.Column("visitor_id", sa.String(40), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("follows", sa.Boolean, nullable=False),
        sa.Column("wrote_at", sa.DateTime()),
        sa.PrimaryKeyConstraint("openid", name="pk_wechat_people"),
        sa.UniqueConstraint("visitor_id", name="uq_wechat_people_visitor_id"),
    )


def downgrade() -> None:
    op.drop_table("wechat_people")
    op.drop_table("wechat_tokens")
