"""Tables of who took places, whence, and how it was proven. Changed by a migration, never by hand."""

from __future__ import annotations

import sqlalchemy as sa

from server.storage.columns import Moment, metadata

takings = sa.Table(
    "takings",
    metadata,
    sa.Column("taken_id", sa.String(40), primary_key=True, doc="of a visit, or of a wish on the waiting list"),
    sa.Column("visitor_id", sa.String(40), nullable=False),
    sa.Column("address_key", sa.String(64), nullable=False, doc="keyed hash; empty: the door knew no address"),
    sa.Column("at", Moment, nullable=False, index=True),
    sa.Column("is_proven", sa.Boolean, nullable=False),
    sa.Column("settled_by", sa.String(120), nullable=False),
    sa.Index(None, "address_key", "at"),
    sa.Index(None, "visitor_id", "at"),
)
used_proofs = sa.Table(
    "used_proofs",
    metadata,
    sa.Column("proof_key", sa.String(64), primary_key=True),
    sa.Column("at", Moment, nullable=False, index=True),
)
phone_codes = sa.Table(
    "phone_codes",
    metadata,
    sa.Column("code_id", sa.String(40), primary_key=True),
    sa.Column("asked_for", sa.String(64), nullable=False, index=True),
    sa.Column("visitor_id", sa.String(40), nullable=False, index=True),
    sa.Column("address_key", sa.String(64), nullable=False, index=True),
    sa.Column("phone_key", sa.String(64), nullable=False, index=True),
    sa.Column("digits_key", sa.String(64), nullable=False),
    sa.Column("sent_at", Moment, nullable=False, index=True),
    sa.Column("expires_at", Moment, nullable=False),
    sa.Column("tries_left", sa.Integer, nullable=False),
)
