"""The figure that has the most things, month by month: what a year is added up from."""

from datetime import date, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

_ADD_UP = sa.text(
    """INSERT INTO monthly_counts (figure, thing, month, channel, region, count)
    SELECT figure, thing, :month, channel, region, SUM(count) FROM daily_counts
    WHERE figure = 'item' AND day >= :month AND day < :next
    GROUP BY figure, thing, channel, region"""
).bindparams(sa.bindparam("month", type_=sa.Date()), sa.bindparam("next", type_=sa.Date()))
_ENDS = sa.text("SELECT MIN(day) AS first, MAX(day) AS last FROM daily_counts").columns(first=sa.Date, last=sa.Date)


def upgrade() -> None:
    op.create_table(
        "monthly_counts",
        sa.Column("figure", sa.String(24), nullable=False),
        sa.Column("thing", sa.String(90), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(10), nullable=False),
        sa.Column("region", sa.String(12), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("figure", "thing", "month", "channel", "region", name="pk_monthly_counts"),
        sqlite_with_rowid=False,
    )
    first, last = op.get_bind().execute(_ENDS).one()
    while first is not None and first <= last:
        month: date = first.replace(day=1)
        first = (month + timedelta(days=31)).replace(day=1)
        op.get_bind().execute(_ADD_UP, {"month": month, "next": first})


def downgrade() -> None:
    op.drop_table("monthly_counts")
