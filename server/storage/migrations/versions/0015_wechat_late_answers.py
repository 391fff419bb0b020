"""What could not be said on WeChat in time."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "wechat_late_answers",
        sa.Column("message_id", sa.String(40), nullable=False),
        sa.Column("openid", sa.String(64), nullable=False),
        sa.Column("begins", sa.Integer, nullable=False),
        sa.Column("kept_at", sa.DateTime(), nullable=False),
        sa.Column("leased_until", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("message_id", name="pk_wechat_late_answers"),
    )
    op.create_index("ix_wechat_late_answers_openid", "wechat_late_answers", ["openid"])
    op.create_index("ix_wechat_late_answers_kept_at", "wechat_late_answers", ["kept_at"])


def downgrade() -> None:
    op.drop_table("wechat_late_answers")
