"""Tables of staff: accounts, and the book of who did what. Changed by a migration, never by hand."""

from __future__ import annotations

import sqlalchemy as sa

from server.storage.columns import Moment, metadata

staff_accounts = sa.Table(
    "staff_accounts",
    metadata,
    sa.Column("name", sa.String(80), primary_key=True),
    sa.Column("password_hash", sa.Text, nullable=False),
    sa.Column("made_at", Moment, nullable=False),
    sa.Column("session_mark", sa.String(32), nullable=False, server_default="", doc="of another: it has ended"),
    sa.Column("roles", sa.JSON, nullable=False),
    sa.Column("regions", sa.JSON, nullable=False, doc="codes; empty: everywhere"),
    sa.Column("departments", sa.JSON, nullable=False, doc="empty: all"),
    sa.Column("must_change", sa.Boolean, nullable=False, server_default=sa.false(), doc="others know the password"),
    sa.Column("disabled", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("second_step", sa.Text, doc="the secret of her codes, sealed"),
    sa.Column("last_code", sa.Integer, nullable=False, server_default="0", doc="the time step of the code used last"),
)
audit_log = sa.Table(
    "audit_log",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", Moment, nullable=False, index=True),
    sa.Column("by", sa.String(120), nullable=False),
    sa.Column("what", sa.String(60), nullable=False),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("thing", sa.String(200), nullable=False),
    sa.Column("before", sa.JSON, nullable=False),
    sa.Column("after", sa.JSON, nullable=False),
    sa.Index(None, "by", "number"),
    sa.Index(None, "what", "number"),
    sa.Index(None, "kind", "thing", "number"),
    sqlite_autoincrement=True,
)
"""Triggers of the migration refuse to change or to delete a line."""
