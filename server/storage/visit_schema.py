"""Tables of visits and what belongs to them. Changed by a migration, never by hand."""

from __future__ import annotations

import sqlalchemy as sa

from server.storage.columns import Moment, metadata

# Spelled out, not bound: a database uses a partial index only for the very words that made it.
has_ticket = sa.text("ticket <> ''")
is_at_counter = sa.text("status IN ('called', 'serving')")
is_booked = sa.text("status = 'booked'")
is_due_at_a_door = sa.text("delivered_at IS NULL AND NOT withdrawn AND visitor_id IS NOT NULL")
is_to_tell = sa.text("delivered_at IS NULL AND NOT withdrawn AND visitor_id IS NULL")
has_person = sa.text("(name_key IS NOT NULL OR phone_key IS NOT NULL)")
"""Or had one: the hash of a confirmed phone may be left."""
has_phone = sa.text("phone_key IS NOT NULL")


def _some(name: str, where: sa.TextClause, *columns: str, unique: bool = False) -> sa.Index:
    """An index of those rows alone."""
    return sa.Index(name, *columns, unique=unique, sqlite_where=where, postgresql_where=where)


def _person() -> tuple[sa.Column[str], ...]:
    return (
        sa.Column("person_sealed", sa.Text),
        sa.Column("id_key", sa.String(64), index=True),
        sa.Column("name_key", sa.String(64), index=True),
    )


def _visit_key() -> sa.Column[str]:
    return sa.Column("visit_id", sa.String(40), sa.ForeignKey("visits.visit_id"), primary_key=True)


visits = sa.Table(
    "visits",
    metadata,
    sa.Column("visit_id", sa.String(40), primary_key=True),
    sa.Column("code", sa.String(40), nullable=False, unique=True),
    sa.Column("visitor_id", sa.String(40), index=True),
    sa.Column("guide_id", sa.String(64), nullable=False),
    sa.Column("office_id", sa.String(64), nullable=False),
    sa.Column("line_id", sa.String(64), nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("minutes", sa.Integer, nullable=False),
    sa.Column("share", sa.String(20), nullable=False),
    sa.Column("status", sa.String(20), nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("starts_at", Moment),
    *_person(),
    sa.Column("phone_key", sa.String(64), doc="of a phone that was confirmed; a no-show that counts keeps it"),
    sa.Column("held_until", Moment),
    sa.Column("displaced", sa.Boolean, nullable=False),
    sa.Column("no_show", sa.Boolean, nullable=False),
    sa.Column("exempt", sa.Boolean, nullable=False),
    sa.Column("reschedules", sa.Integer, nullable=False),
    sa.Column("ticket", sa.String(20), nullable=False),
    sa.Column("checked_in_at", Moment),
    sa.Column("waits_since", Moment),
    sa.Column("counter", sa.String(40), nullable=False),
    sa.Column("called_at", Moment),
    sa.Column("calls", sa.Integer, nullable=False),
    sa.Column("serving_at", Moment),
    sa.Column("ended_at", Moment),
    sa.Column("share_with_clerk", sa.Boolean, nullable=False),
    sa.Column("question", sa.Text, nullable=False, doc="masked"),
    sa.Column("pack", sa.JSON, nullable=False),
    sa.Column("pack_digest", sa.String(64), nullable=False, doc="the pack's own, to be searched"),
    sa.Column("version", sa.Integer, nullable=False),
    # All that `loads` asks for: it reads the index alone.
    sa.Index("ix_visits_loads", "office_id", "line_id", "starts_at", "status", "share", "minutes", "held_until"),
    sa.Index(None, "office_id", "day", "status"),
    sa.Index(None, "status", "held_until"),
    sa.Index(None, "status", "day", "guide_id"),
    _some("uq_visits_ticket", has_ticket, "office_id", "day", "ticket", unique=True),
    _some("uq_visits_counter", is_at_counter, "office_id", "counter", unique=True),
    _some("ix_visits_booked", is_booked, "guide_id", "day", "pack_digest"),
    _some("ix_visits_to_forget", has_person, "ended_at"),
    _some("ix_visits_phone_key", has_phone, "phone_key"),
)
visit_events = sa.Table(
    "visit_events",
    metadata,
    _visit_key(),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("move", sa.String(20), nullable=False),
    sa.Column("before", sa.String(20)),
    sa.Column("after", sa.String(20), nullable=False),
    sa.Column("actor", sa.String(120), nullable=False),
    sa.Column("note", sa.JSON, nullable=False),
    sa.Index("ix_visit_events_at", "at"),
)
"""Triggers of the migration refuse to change or to delete a line."""
booking_keys = sa.Table(
    "booking_keys",
    metadata,
    # A kiosk keeps keys too, under a name of its own.
    sa.Column("visitor_id", sa.String(80), primary_key=True),
    sa.Column("key", sa.String(64), primary_key=True, doc="a digest: service_hall.visits.keys"),
    sa.Column("visit_id", sa.String(40), nullable=False),
    sa.Column("kept_at", Moment, nullable=False),
)

closures = sa.Table(
    "closures",
    metadata,
    sa.Column("closure_id", sa.String(40), primary_key=True),
    sa.Column("office_id", sa.String(64), nullable=False),
    sa.Column("line_id", sa.String(64), nullable=False),
    sa.Column("from_", Moment, nullable=False),
    sa.Column("until", Moment, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("made_by", sa.String(120), nullable=False),
    sa.Column("made_at", Moment, nullable=False),
    sa.Index(None, "office_id", "until"),
)
extra_hours = sa.Table(
    "extra_hours",
    metadata,
    sa.Column("extra_id", sa.String(40), primary_key=True),
    sa.Column("office_id", sa.String(64), nullable=False),
    sa.Column("line_id", sa.String(64), nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("opens", sa.String(5), nullable=False),
    sa.Column("closes", sa.String(5), nullable=False),
    sa.Column("made_by", sa.String(120), nullable=False),
    sa.Column("made_at", Moment, nullable=False),
    sa.Index(None, "office_id", "day"),
)

wishes = sa.Table(
    "wishes",
    metadata,
    sa.Column("wish_id", sa.String(40), primary_key=True),
    sa.Column("visitor_id", sa.String(40), nullable=False, index=True),
    sa.Column("guide_id", sa.String(64), nullable=False),
    sa.Column("office_id", sa.String(64), nullable=False),
    sa.Column("line_id", sa.String(64), nullable=False),
    sa.Column("first_day", sa.Date, nullable=False),
    sa.Column("last_day", sa.Date, nullable=False),
    sa.Column("from_time", sa.String(5), nullable=False),
    sa.Column("until_time", sa.String(5), nullable=False),
    sa.Column("person_sealed", sa.Text, doc="null once it is settled, like the keys"),
    sa.Column("id_key", sa.String(64)),
    sa.Column("name_key", sa.String(64)),
    sa.Column("status", sa.String(20), nullable=False),
    sa.Column("made_at", Moment, nullable=False),
    sa.Column("visit_id", sa.String(40), index=True),
    sa.Index(None, "status", "office_id", "made_at"),
)
notices = sa.Table(
    "notices",
    metadata,
    sa.Column("notice_id", sa.String(40), primary_key=True),
    sa.Column("visit_id", sa.String(40), nullable=False, index=True),
    sa.Column("visitor_id", sa.String(40), doc="null: staff tell it by telephone"),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("due_at", Moment, nullable=False),
    sa.Column("facts", sa.JSON, nullable=False),
    sa.Column("withdrawn", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("delivered_at", Moment),
    sa.Column("said", sa.Boolean, doc="false: there was no longer a reason to"),
    _some("ix_notices_due", is_due_at_a_door, "due_at"),
    _some("ix_notices_to_tell", is_to_tell, "visit_id"),
    sa.Index("ix_notices_due_at", "due_at"),
)

appeals = sa.Table(
    "appeals",
    metadata,
    _visit_key(),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("made_at", Moment, nullable=False),
    sa.Column("granted", sa.Boolean),
    sa.Column("decided_by", sa.String(120), nullable=False),
    sa.Column("decided_at", Moment),
)
ratings = sa.Table(
    "ratings",
    metadata,
    _visit_key(),
    sa.Column("score", sa.Integer, nullable=False),
    sa.Column("comment", sa.Text, nullable=False, doc="masked"),
    sa.Column("at", Moment, nullable=False, index=True),
)
looks = sa.Table(
    "looks",
    metadata,
    sa.Column("look_id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("visit_id", sa.String(40), sa.ForeignKey("visits.visit_id"), nullable=False, index=True),
    sa.Column("at", Moment, nullable=False),
    sa.Column("by", sa.String(120), nullable=False),
    sa.Column("what", sa.Text, nullable=False),
)
