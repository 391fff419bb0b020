"""Drafts with their reviews, versions of what was published, and questions that are tested."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def _document() -> tuple[sa.Column[str], ...]:
    return (
        sa.Column("guide_id", sa.String(64), nullable=False),
        sa.Column("region", sa.String(12), nullable=False),
        sa.Column("effective_from", sa.String(10), nullable=False),
    )


def upgrade() -> None:
    op.create_table(
        "drafts",
        sa.Column("draft_id", sa.String(40), nullable=False),
        *_document(),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("base", sa.JSON()),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("open_key", sa.String(100)),
        sa.Column("writers", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("reviews_needed", sa.Integer(), nullable=False),
        sa.Column("publish_on", sa.String(10), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("held_because", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("draft_id", name="pk_drafts"),
        sa.UniqueConstraint("open_key", name="uq_drafts_open_key"),
    )
    op.create_index("ix_drafts_state_changed_at", "drafts", ["state", "changed_at"])
    op.create_table(
        "draft_verdicts",
        sa.Column("draft_id", sa.String(40), nullable=False),
        sa.Column("round", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reviewer", sa.String(64), nullable=False),
        sa.Column("judgement", sa.String(10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("accepted", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("draft_id", "round", "reviewer", name="pk_draft_verdicts"),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.draft_id"], name="fk_draft_verdicts_draft_id"),
    )
    op.create_table(
        "document_versions",
        *_document(),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("reviewers", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("guide_id", "region", "effective_from", "number", name="pk_document_versions"),
    )
    op.create_table(
        "question_sets",
        sa.Column("set_id", sa.String(40), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("is_gate", sa.Boolean(), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("set_id", name="pk_question_sets"),
    )
    op.create_table(
        "question_runs",
        sa.Column("run_id", sa.String(40), nullable=False),
        sa.Column("set_id", sa.String(40), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("no_hits", sa.Integer(), nullable=False),
        sa.Column("as_expected", sa.Integer()),
        sa.PrimaryKeyConstraint("run_id", name="pk_question_runs"),
    )
    op.create_index("ix_question_runs_at", "question_runs", ["at"])
    op.create_index("ix_question_runs_set_id_at", "question_runs", ["set_id", "at"])
    op.create_table(
        "question_results",
        sa.Column("run_id", sa.String(40), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("question_key", sa.String(32), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "place", name="pk_question_results"),
        sa.ForeignKeyConstraint(["run_id"], ["question_runs.run_id"], name="fk_question_results_run_id"),
    )
    op.create_index("ix_question_results_question_key_at", "question_results", ["question_key", "at"])


def downgrade() -> None:
    for table in (
        "question_results",
        "question_runs",
        "question_sets",
        "document_versions",
        "draft_verdicts",
        "drafts",
    ):
        op.drop_table(table)
