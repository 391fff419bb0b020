"""Knowledge and conversations."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name, keys in (
        ("guide_documents", (("guide_id", 64), ("region", 12), ("effective_from", 10))),
        ("offices", (("office_id", 64),)),
        ("regions", (("code", 12),)),
        ("catalogue_items", (("item_id", 64),)),
    ):
        op.create_table(
            name,
            *(sa.Column(key, sa.String(length), nullable=False) for key, length in keys),
            sa.Column("body", sa.JSON(), nullable=False),
            sa.Column("seed_digest", sa.String(64), nullable=False, server_default=""),
            sa.Column("edited_at", sa.DateTime()),
            sa.PrimaryKeyConstraint(*(key for key, _ in keys), name=f"pk_{name}"),
        )
    op.create_table(
        "conversations",
        sa.Column("visitor_id", sa.String(40), nullable=False),
        sa.Column("began_at", sa.DateTime(), nullable=False),
        sa.Column("last_turn_at", sa.DateTime(), nullable=False),
        sa.Column("context", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("visitor_id", name="pk_conversations"),
    )
    op.create_index("ix_conversations_last_turn_at", "conversations", ["last_turn_at"])
    op.create_table(
        "turns",
        sa.Column("message_id", sa.String(40), nullable=False),
        sa.Column("visitor_id", sa.String(40), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("replies", sa.JSON(), nullable=False),
        sa.Column("took_ms", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("message_id", name="pk_turns"),
        sa.ForeignKeyConstraint(["visitor_id"], ["conversations.visitor_id"], name="fk_turns_visitor_id"),
    )
    op.create_index("ix_turns_visitor_id", "turns", ["visitor_id"])
    op.create_table(
        "answers",
        sa.Column("answer_id", sa.String(40), nullable=False),
        sa.Column("message_id", sa.String(40), nullable=False),
        sa.Column("guide_id", sa.String(64), nullable=False),
        sa.Column("aspect", sa.String(20), nullable=False),
        sa.Column("useful", sa.Boolean()),
        sa.Column("comment", sa.Text()),
        sa.Column("judged_at", sa.DateTime()),
        sa.PrimaryKeyConstraint("answer_id", name="pk_answers"),
        sa.ForeignKeyConstraint(["message_id"], ["turns.message_id"], name="fk_answers_message_id"),
    )
    op.create_index("ix_answers_message_id", "answers", ["message_id"])
    op.create_table(
        "pushed_replies",
        sa.Column("push_id", sa.Integer(), nullable=False, autoincrement=True),
        sa.Column("visitor_id", sa.String(40), nullable=False),
        sa.Column("pushed_at", sa.DateTime(), nullable=False),
        sa.Column("reply", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("push_id", name="pk_pushed_replies"),
    )
    op.create_index("ix_pushed_replies_visitor_id", "pushed_replies", ["visitor_id"])


def downgrade() -> None:
    for name in (
        "pushed_replies",
        "answers",
        "turns",
        "conversations",
        "catalogue_items",
        "regions",
        "offices",
        "guide_documents",
    ):
        op.drop_table(name)
