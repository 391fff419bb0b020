"""What goes out over WeChat, and who agreed to it."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "wechat_letters",
        sa.Column("notice_id", sa.String(40), nullable=False),
        sa.Column("visitor_id", sa.String(40), nullable=False),
        sa.Column("office_id", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("posted_at", sa.DateTime(), nullable=False),
        sa.Column("next_at", sa.DateTime(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("code", sa.Integer, nullable=False),
        sa.Column("settled_at", sa.DateTime()),
        sa.PrimaryKeyConstraint("notice_id", name="pk_wechat_letters"),
    )
    for columns in (["visitor_id"], ["posted_at"], ["state", "next_at"]):
        op.create_index(f"ix_wechat_letters_{'_'.join(columns)}", "wechat_letters", columns)
    op.create_table(
        "wechat_consents",
        sa.Column("openid", sa.String(64), nullable=False),
        sa.Column("template_id", sa.String(64), nullable=False),
        sa.Column("times", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("openid", "template_id", name="pk_wechat_consents"),
    )


def downgrade() -> None:
    op.drop_table("wechat_consents")
    op.drop_table("wechat_letters")
