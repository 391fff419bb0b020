"""Browsers that belong to citizens on WeChat."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "wechat_links",
        sa.Column("visitor_id", sa.String(40), nullable=False),
        sa.Column("goes_by", sa.String(40), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("visitor_id", name="pk_wechat_links"),
    )
    op.create_index("ix_wechat_links_at", "wechat_links", ["at"])
    op.create_table(
        "wechat_offers",
        sa.Column("offer_id", sa.String(40), nullable=False),
        sa.Column("visitor_id", sa.String(40), nullable=False),
        sa.Column("good_until", sa.DateTime(), nullable=False),
        sa.Column("openid", sa.String(64)),
        sa.Column("code", sa.String(10), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("offer_id", name="pk_wechat_offers"),
    )
    for column in ("visitor_id", "good_until"):
        op.create_index(f"ix_wechat_offers_{column}", "wechat_offers", [column])


def downgrade() -> None:
    op.drop_table("wechat_offers")
    op.drop_table("wechat_links")
