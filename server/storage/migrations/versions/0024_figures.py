"""Where a turn was said and for which region, the figures day by day, and what is ordered for the whole hall."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_FIRST_DOOR = """UPDATE turns SET door = COALESCE(
    (SELECT MIN(utterances.door) FROM utterances WHERE utterances.message_id = turns.message_id), 'web')"""
_INDEXES = (
    ("ix_turns_received_at", "turns", ["received_at"]),
    ("ix_visit_events_at", "visit_events", ["at"]),
    ("ix_ratings_at", "ratings", ["at"]),
    ("ix_notices_due_at", "notices", ["due_at"]),
)


def upgrade() -> None:
    op.add_column("turns", sa.Column("door", sa.String(10), nullable=False, server_default="web"))
    op.add_column("turns", sa.Column("region", sa.String(12), nullable=False, server_default=""))
    op.execute(_FIRST_DOOR)
    for name, table, columns in _INDEXES:
        op.create_index(name, table, columns)
    op.create_table(
        "daily_counts",
        sa.Column("figure", sa.String(24), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(10), nullable=False),
        sa.Column("region", sa.String(12), nullable=False),
        sa.Column("thing", sa.String(90), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("figure", "day", "channel", "region", "thing", name="pk_daily_counts"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "counted_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("counted_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_counted_days"),
    )
    op.create_table(
        "standing_orders",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_standing_orders"),
    )


def downgrade() -> None:
    for table in ("standing_orders", "counted_days", "daily_counts"):
        op.drop_table(table)
    for name, table, _ in _INDEXES:
        op.drop_index(name, table)
    op.drop_column("turns", "region")
    op.drop_column("turns", "door")
