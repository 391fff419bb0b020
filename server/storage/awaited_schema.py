"""Table of the questions whose answers somebody waits for. Changed by a migration, never by hand."""

from __future__ import annotations

import sqlalchemy as sa

from server.storage.columns import Moment, metadata

awaited_answers = sa.Table(
    "awaited_answers",
    metadata,
    sa.Column("awaited_id", sa.String(40), primary_key=True),
    sa.Column("visitor_id", sa.String(40), nullable=False),
    sa.Column("question", sa.Text, nullable=False, doc="masked"),
    sa.Column("region", sa.String(12), nullable=False),
    sa.Column("asked_at", Moment, nullable=False, index=True),
    sa.Column("told_at", Moment),
    sa.Index("ix_awaited_answers_visitor_id", "visitor_id"),
    sa.Index("ix_awaited_answers_told_at_asked_at", "told_at", "asked_at"),
)
