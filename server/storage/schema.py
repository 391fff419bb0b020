"""Tables. Changed by a migration in `migrations/versions/`, never by hand."""

from __future__ import annotations

import sqlalchemy as sa

from server.storage import (
    awaited_schema,
    checklist_schema,
    figures_schema,
    publishing_schema,
    staff_schema,
    taking_schema,
    visit_schema,
    wechat_schema,
)
from server.storage.columns import Moment, metadata

__all__ = [
    "answers",
    "awaited_schema",
    "catalogue_items",
    "checklist_schema",
    "conversations",
    "figures_schema",
    "forgotten_visitors",
    "guide_documents",
    "knowledge_changes",
    "metadata",
    "offices",
    "publishing_schema",
    "pulse",
    "rate_files",
    "regions",
    "scenarios",
    "sources",
    "staff_schema",
    "taken_messages",
    "taking_schema",
    "turn_notes",
    "turns",
    "utterances",
    "visit_schema",
    "wechat_schema",
    "whole_guides",
]


def _published(name: str, *key: sa.Column[str]) -> sa.Table:
    """Published knowledge. `seed_digest`: of the file's text that last wrote the row; `edited_at`: set once staff
    changed it, and from then on seeding leaves the row alone."""
    return sa.Table(
        name,
        metadata,
        *key,
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("seed_digest", sa.String(64), nullable=False, server_default=""),
        sa.Column("edited_at", Moment),
    )


guide_documents = _published(
    "guide_documents",
    sa.Column("guide_id", sa.String(64), primary_key=True),
    sa.Column("region", sa.String(12), primary_key=True),
    sa.Column("effective_from", sa.String(10), primary_key=True),
)
offices = _published("offices", sa.Column("office_id", sa.String(64), primary_key=True))
regions = _published("regions", sa.Column("code", sa.String(12), primary_key=True))
catalogue_items = _published("catalogue_items", sa.Column("item_id", sa.String(64), primary_key=True))
sources = _published("sources", sa.Column("source_id", sa.String(64), primary_key=True))
scenarios = _published("scenarios", sa.Column("scenario_id", sa.String(64), primary_key=True))
rate_files = _published("rate_files", sa.Column("file_id", sa.String(64), primary_key=True))
knowledge_changes = sa.Table(
    "knowledge_changes",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("kind", sa.String(20), nullable=False, doc="as in knowledge_base.kept"),
    sa.Column("thing_id", sa.String(64), nullable=False, doc="of an item or topic, an office, a region, a source"),
    sa.Column("at", Moment, doc="none: before it was noted"),
    # A node goes on from a number: none is given twice.
    sqlite_autoincrement=True,
)
"""What was published, one row a change, in order: each node looks for those that it has not seen."""
# What staff had changed before guides were made of statements; nothing reads it.
whole_guides = sa.Table(
    "whole_guides",
    metadata,
    sa.Column("guide_id", sa.String(64), primary_key=True),
    sa.Column("region", sa.String(12), primary_key=True),
    sa.Column("effective_from", sa.String(10), primary_key=True),
    sa.Column("body", sa.JSON, nullable=False),
    sa.Column("edited_at", Moment),
)

conversations = sa.Table(
    "conversations",
    metadata,
    sa.Column("visitor_id", sa.String(40), primary_key=True),
    sa.Column("began_at", Moment, nullable=False),
    sa.Column("last_turn_at", Moment, nullable=False, index=True),
    sa.Column("context", sa.JSON, nullable=False),
)
turns = sa.Table(
    "turns",
    metadata,
    sa.Column("message_id", sa.String(40), primary_key=True),
    sa.Column("visitor_id", sa.String(40), sa.ForeignKey("conversations.visitor_id"), nullable=False, index=True),
    sa.Column("received_at", Moment, nullable=False),
    sa.Column("outcome", sa.String(20), nullable=False),
    sa.Column("took_ms", sa.Integer, nullable=False),
    sa.Column("reason", sa.String(60), nullable=False, server_default=""),
    sa.Column("door", sa.String(10), nullable=False, server_default="web"),
    sa.Column("region", sa.String(12), nullable=False, server_default="", doc="empty: the citizen named none"),
    sa.Index("ix_turns_received_at", "received_at"),
    # What citizens asked in vain is looked for among all turns.
    sa.Index("ix_turns_outcome_received_at", "outcome", "received_at"),
)
answers = sa.Table(
    "answers",
    metadata,
    sa.Column("answer_id", sa.String(40), primary_key=True),
    sa.Column("message_id", sa.String(40), sa.ForeignKey("turns.message_id"), nullable=False, index=True),
    sa.Column("guide_id", sa.String(64), nullable=False),
    sa.Column("aspect", sa.String(20), nullable=False),
    sa.Column("useful", sa.Boolean),
    sa.Column("comment", sa.Text, doc="masked"),
    sa.Column("judged_at", Moment, index=True),
)
turn_notes = sa.Table(
    "turn_notes",
    metadata,
    sa.Column("note_id", sa.String(40), primary_key=True),
    # Whoever has the turn forgotten need not think of the notes.
    sa.Column(
        "message_id",
        sa.String(40),
        sa.ForeignKey("turns.message_id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    sa.Column("flag", sa.String(12), nullable=False),
    sa.Column("text", sa.Text, nullable=False, doc="masked"),
    sa.Column("by", sa.String(64), nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Index("ix_turn_notes_flag_message_id", "flag", "message_id"),
)
utterances = sa.Table(
    "utterances",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("visitor_id", sa.String(40), nullable=False),
    sa.Column("message_id", sa.String(40), index=True, doc="of the turn, if it belongs to one"),
    sa.Column("who", sa.String(10), nullable=False),
    sa.Column("door", sa.String(10), nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("said", sa.Text, doc="masked"),
    sa.Column("reply", sa.JSON(none_as_null=True)),
    sa.Column("once", sa.String(40), unique=True, index=True, doc="what may be said only once"),
    sa.Index("ix_utterances_visitor_id_at_number", "visitor_id", "at", "number"),
    # A stream goes on from a number, and old ones are deleted: SQLite must not give one twice.
    sqlite_autoincrement=True,
)
taken_messages = sa.Table(
    "taken_messages",
    metadata,
    sa.Column("door", sa.String(10), primary_key=True),
    sa.Column("key", sa.String(64), primary_key=True),
    sa.Column(
        "message_id",
        sa.String(40),
        nullable=False,
        doc="answered, when there is such a turn; empty: answered, and forgotten since",
    ),
    sa.Column("taken_at", Moment, nullable=False, index=True),
    sa.Column("leased_until", Moment, nullable=False),
)
forgotten_visitors = sa.Table(
    "forgotten_visitors",
    metadata,
    sa.Column("visitor_key", sa.String(64), primary_key=True, doc="a digest"),
    sa.Column("at", Moment, nullable=False, index=True),
)
pulse = sa.Table(
    "pulse",
    metadata,
    sa.Column("pulse_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", Moment, nullable=False),
)
"""One row, written to see whether the database takes it."""
