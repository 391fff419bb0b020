"""Tables of the figures. Changed by a migration, never by hand."""

from __future__ import annotations

import sqlalchemy as sa

from server.storage.columns import Moment, metadata

daily_counts = sa.Table(
    "daily_counts",
    metadata,
    # What a page asks for lies together: one figure, over days.
    sa.Column("figure", sa.String(24), primary_key=True),
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("channel", sa.String(10), primary_key=True, doc="empty: of none"),
    sa.Column("region", sa.String(12), primary_key=True, doc="empty: none was named"),
    sa.Column("thing", sa.String(90), primary_key=True),
    sa.Column("count", sa.Integer, nullable=False),
    sa.Column("amount", sa.BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
monthly_counts = sa.Table(
    "monthly_counts",
    metadata,
    # Of a figure each thing lies together, over months: it is added up as it is read.
    sa.Column("figure", sa.String(24), primary_key=True),
    sa.Column("thing", sa.String(90), primary_key=True),
    sa.Column("month", sa.Date, primary_key=True, doc="its first day"),
    sa.Column("channel", sa.String(10), primary_key=True),
    sa.Column("region", sa.String(12), primary_key=True),
    sa.Column("count", sa.Integer, nullable=False),
    sqlite_with_rowid=False,
)
counted_days = sa.Table(
    "counted_days",
    metadata,
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("counted_at", Moment, nullable=False),
)
standing_orders = sa.Table(
    "standing_orders",
    metadata,
    sa.Column("name", sa.String(40), primary_key=True),
    sa.Column("body", sa.JSON, nullable=False),
    sa.Column("at", Moment, nullable=False),
)
