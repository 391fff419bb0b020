"""Table of the lists that scenarios come to. Changed by a migration, never by hand."""

from __future__ import annotations

import sqlalchemy as sa

from server.storage.columns import Moment, metadata

checklists = sa.Table(
    "checklists",
    metadata,
    sa.Column("checklist_id", sa.String(40), primary_key=True),
    sa.Column("visitor_id", sa.String(40), nullable=False),
    sa.Column("scenario_id", sa.String(64), nullable=False),
    sa.Column("is_draft", sa.Boolean, nullable=False),
    sa.Column("changed_at", Moment, nullable=False, index=True),
    sa.Column("body_sealed", sa.Text, nullable=False, doc="JSON: answers and what is done, bound to the list's id"),
    sa.Index(None, "visitor_id", "changed_at"),
)
