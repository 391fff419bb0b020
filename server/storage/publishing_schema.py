"""Tables of what staff write, review, publish and test. Changed by a migration, never by hand."""

from __future__ import annotations

import sqlalchemy as sa

from server.storage.columns import Moment, metadata


def _document() -> tuple[sa.Column[str], ...]:
    """Of a table the columns that name a document."""
    return (
        sa.Column("guide_id", sa.String(64), nullable=False),
        sa.Column("region", sa.String(12), nullable=False),
        sa.Column("effective_from", sa.String(10), nullable=False),
    )


drafts = sa.Table(
    "drafts",
    metadata,
    sa.Column("draft_id", sa.String(40), primary_key=True),
    *_document(),
    sa.Column("body", sa.JSON, nullable=False),
    sa.Column("base", sa.JSON(none_as_null=True), doc="what was published when it was begun"),
    sa.Column("state", sa.String(20), nullable=False),
    sa.Column("open_key", sa.String(100), unique=True, doc="of the document, while the draft is open"),
    sa.Column("writers", sa.JSON, nullable=False),
    sa.Column("made_at", Moment, nullable=False),
    sa.Column("changed_at", Moment, nullable=False),
    sa.Column("round", sa.Integer, nullable=False),
    sa.Column("reviews_needed", sa.Integer, nullable=False),
    sa.Column("publish_on", sa.String(10), nullable=False, doc="empty: as soon as it is approved"),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("held_because", sa.Text, nullable=False),
    sa.Index("ix_drafts_state_changed_at", "state", "changed_at"),
)
draft_verdicts = sa.Table(
    "draft_verdicts",
    metadata,
    sa.Column("draft_id", sa.String(40), sa.ForeignKey("drafts.draft_id"), primary_key=True),
    sa.Column("round", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("reviewer", sa.String(64), primary_key=True),
    sa.Column("judgement", sa.String(10), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("accepted", sa.JSON, nullable=False),
)
document_versions = sa.Table(
    "document_versions",
    metadata,
    *_document(),
    sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
    sa.Column("body", sa.JSON, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("by", sa.String(64), nullable=False, doc="empty: it came with the content files"),
    sa.Column("reviewers", sa.JSON, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.PrimaryKeyConstraint("guide_id", "region", "effective_from", "number"),
)
question_sets = sa.Table(
    "question_sets",
    metadata,
    sa.Column("set_id", sa.String(40), primary_key=True),
    sa.Column("name", sa.String(80), nullable=False),
    sa.Column("is_gate", sa.Boolean, nullable=False),
    sa.Column("questions", sa.JSON, nullable=False, doc="each with the items that may answer it; masked"),
    sa.Column("by", sa.String(64), nullable=False),
    sa.Column("changed_at", Moment, nullable=False),
)
question_runs = sa.Table(
    "question_runs",
    metadata,
    sa.Column("run_id", sa.String(40), primary_key=True),
    sa.Column("set_id", sa.String(40), nullable=False, doc="empty: a sheet that nobody kept"),
    sa.Column("at", Moment, nullable=False, index=True),
    sa.Column("by", sa.String(64), nullable=False),
    sa.Column("asked", sa.Integer, nullable=False),
    sa.Column("no_hits", sa.Integer, nullable=False),
    sa.Column("as_expected", sa.Integer),
    sa.Index("ix_question_runs_set_id_at", "set_id", "at"),
)
question_results = sa.Table(
    "question_results",
    metadata,
    sa.Column("run_id", sa.String(40), sa.ForeignKey("question_runs.run_id"), primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("question_key", sa.String(32), nullable=False, doc="digest of the question"),
    sa.Column("at", Moment, nullable=False),
    sa.Column("result", sa.JSON, nullable=False),
    sa.Index("ix_question_results_question_key_at", "question_key", "at"),
)
question_tasks = sa.Table(
    "question_tasks",
    metadata,
    sa.Column("task_id", sa.String(40), primary_key=True),
    sa.Column("question", sa.Text, nullable=False, doc="masked"),
    sa.Column("times", sa.Integer, nullable=False),
    sa.Column("department", sa.String(80), nullable=False),
    sa.Column("due_on", sa.String(10), nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("by", sa.String(64), nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("done_by", sa.String(64), nullable=False),
    sa.Column("done_at", Moment),
)
