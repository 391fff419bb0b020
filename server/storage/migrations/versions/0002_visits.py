"""Visits, their history, and what belongs to them."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_FORBIDDEN_ON_SQLITE = (
    """CREATE TRIGGER visit_events_stay BEFORE UPDATE ON visit_events
    BEGIN SELECT RAISE(ABORT, 'visit_events is only ever added to'); END""",
    """CREATE TRIGGER visit_events_remain BEFORE DELETE ON visit_events
    BEGIN SELECT RAISE(ABORT, 'visit_events is only ever added to'); END""",
    # INSERT OR REPLACE deletes without asking the trigger above.
    """CREATE TRIGGER visit_events_once BEFORE INSERT ON visit_events
    WHEN EXISTS (SELECT 1 FROM visit_events WHERE visit_id = NEW.visit_id AND version = NEW.version)
    BEGIN SELECT RAISE(ABORT, 'visit_events is only ever added to'); END""",
)
_FORBIDDEN_ON_POSTGRESQL = (
    """CREATE FUNCTION visit_events_are_only_added_to() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'visit_events is only ever added to'; END $$""",
    """CREATE TRIGGER visit_events_stay BEFORE UPDATE OR DELETE ON visit_events
    FOR EACH ROW EXECUTE FUNCTION visit_events_are_only_added_to()""",
    """CREATE TRIGGER visit_events_remain BEFORE TRUNCATE ON visit_events
    FOR EACH STATEMENT EXECUTE FUNCTION visit_events_are_only_added_to()""",
)


def upgrade() -> None:
    _make_visits()
    _make_history()
    _make_hours()
    _make_waiting_list()
    _make_outbox()
    _make_records()
    op.create_table(
        "staff_accounts",
        _text("name", 80),
        sa.Column("password_hash", sa.Text(), nullable=False),
        _moment("made_at"),
        sa.PrimaryKeyConstraint("name", name="pk_staff_accounts"),
    )
    with op.batch_alter_table("pushed_replies") as pushed_replies:
        pushed_replies.add_column(sa.Column("notice_id", sa.String(40)))
        pushed_replies.create_index("ix_pushed_replies_notice_id", ["notice_id"], unique=True)


def downgrade() -> None:
    with op.batch_alter_table("pushed_replies") as pushed_replies:
        pushed_replies.drop_index("ix_pushed_replies_notice_id")
        pushed_replies.drop_column("notice_id")
    for name in (
        "staff_accounts",
        "looks",
        "ratings",
        "appeals",
        "notices",
        "wishes",
        "extra_hours",
        "closures",
        "booking_keys",
        "visit_events",
        "visits",
    ):
        op.drop_table(name)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION visit_events_are_only_added_to()")


def _make_visits() -> None:
    op.create_table(
        "visits",
        _text("visit_id", 40),
        _text("code", 40),
        _text("visitor_id", 40, nullable=True),
        _text("guide_id", 64),
        _text("office_id", 64),
        _text("line_id", 64),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        _text("share", 20),
        _text("status", 20),
        _moment("created_at"),
        _moment("starts_at", nullable=True),
        sa.Column("person_sealed", sa.Text()),
        _text("id_key", 64, nullable=True),
        _text("name_key", 64, nullable=True),
        _moment("held_until", nullable=True),
        sa.Column("displaced", sa.Boolean(), nullable=False),
        sa.Column("no_show", sa.Boolean(), nullable=False),
        sa.Column("exempt", sa.Boolean(), nullable=False),
        sa.Column("reschedules", sa.Integer(), nullable=False),
        _text("ticket", 20),
        _moment("checked_in_at", nullable=True),
        _moment("waits_since", nullable=True),
        _text("counter", 40),
        _moment("called_at", nullable=True),
        sa.Column("calls", sa.Integer(), nullable=False),
        _moment("serving_at", nullable=True),
        _moment("ended_at", nullable=True),
        sa.Column("share_with_clerk", sa.Boolean(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("pack", sa.JSON(), nullable=False),
        _text("pack_digest", 64),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("visit_id", name="pk_visits"),
        sa.UniqueConstraint("code", name="uq_visits_code"),
    )
    for columns in (
        ("visitor_id",),
        ("id_key",),
        ("name_key",),
        ("office_id", "day", "status"),
        ("status", "held_until"),
        ("status", "day", "guide_id"),
    ):
        _index("visits", *columns)
    op.create_index(
        "ix_visits_loads", "visits", ["office_id", "line_id", "starts_at", "status", "share", "minutes", "held_until"]
    )
    _index_some("uq_visits_ticket", "visits", ("office_id", "day", "ticket"), "ticket <> ''", unique=True)
    _index_some("uq_visits_counter", "visits", ("office_id", "counter"), "status IN ('called', 'serving')", unique=True)
    _index_some("ix_visits_booked", "visits", ("guide_id", "day", "pack_digest"), "status = 'booked'")
    _index_some("ix_visits_to_forget", "visits", ("ended_at",), "name_key IS NOT NULL")


def _make_history() -> None:
    op.create_table(
        "visit_events",
        _text("visit_id", 40),
        sa.Column("version", sa.Integer(), nullable=False, autoincrement=False),
        _moment("at"),
        _text("move", 20),
        _text("before", 20, nullable=True),
        _text("after", 20),
        _text("actor", 120),
        sa.Column("note", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("visit_id", "version", name="pk_visit_events"),
        _of_visit("visit_events"),
    )
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    for statement in _FORBIDDEN_ON_POSTGRESQL if on_postgresql else _FORBIDDEN_ON_SQLITE:
        op.execute(statement)
    op.create_table(
        "booking_keys",
        _text("visitor_id", 80),
        _text("key", 200),
        _text("visit_id", 40),
        _moment("kept_at"),
        sa.PrimaryKeyConstraint("visitor_id", "key", name="pk_booking_keys"),
    )


def _make_hours() -> None:
    op.create_table(
        "closures",
        _text("closure_id", 40),
        _text("office_id", 64),
        _text("line_id", 64),
        _moment("from_"),
        _moment("until"),
        sa.Column("reason", sa.Text(), nullable=False),
        _text("made_by", 120),
        _moment("made_at"),
        sa.PrimaryKeyConstraint("closure_id", name="pk_closures"),
    )
    _index("closures", "office_id", "until")
    op.create_table(
        "extra_hours",
        _text("extra_id", 40),
        _text("office_id", 64),
        _text("line_id", 64),
        sa.Column("day", sa.Date(), nullable=False),
        _text("opens", 5),
        _text("closes", 5),
        _text("made_by", 120),
        _moment("made_at"),
        sa.PrimaryKeyConstraint("extra_id", name="pk_extra_hours"),
    )
    _index("extra_hours", "office_id", "day")


def _make_waiting_list() -> None:
    op.create_table(
        "wishes",
        _text("wish_id", 40),
        _text("visitor_id", 40),
        _text("guide_id", 64),
        _text("office_id", 64),
        _text("line_id", 64),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        _text("from_time", 5),
        _text("until_time", 5),
        sa.Column("person_sealed", sa.Text(), nullable=False),
        _text("id_key", 64),
        _text("name_key", 64),
        _text("status", 20),
        _moment("made_at"),
        _text("visit_id", 40, nullable=True),
        sa.PrimaryKeyConstraint("wish_id", name="pk_wishes"),
    )
    _index("wishes", "visitor_id")
    _index("wishes", "visit_id")
    _index("wishes", "status", "office_id", "made_at")


def _make_outbox() -> None:
    op.create_table(
        "notices",
        _text("notice_id", 40),
        _text("visit_id", 40),
        _text("visitor_id", 40),
        _text("kind", 40),
        _moment("due_at"),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False, server_default=sa.false()),
        _moment("delivered_at", nullable=True),
        sa.Column("said", sa.Boolean()),
        sa.PrimaryKeyConstraint("notice_id", name="pk_notices"),
    )
    _index("notices", "visit_id")
    _index_some("ix_notices_due", "notices", ("due_at",), "delivered_at IS NULL AND NOT withdrawn")


def _make_records() -> None:
    op.create_table(
        "appeals",
        _text("visit_id", 40),
        sa.Column("reason", sa.Text(), nullable=False),
        _moment("made_at"),
        sa.Column("granted", sa.Boolean()),
        _text("decided_by", 120),
        _moment("decided_at", nullable=True),
        sa.PrimaryKeyConstraint("visit_id", name="pk_appeals"),
        _of_visit("appeals"),
    )
    op.create_table(
        "ratings",
        _text("visit_id", 40),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        _moment("at"),
        sa.PrimaryKeyConstraint("visit_id", name="pk_ratings"),
        _of_visit("ratings"),
    )
    op.create_table(
        "looks",
        sa.Column("look_id", sa.Integer(), nullable=False, autoincrement=True),
        _text("visit_id", 40),
        _moment("at"),
        _text("by", 120),
        sa.Column("what", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("look_id", name="pk_looks"),
        _of_visit("looks"),
    )
    _index("looks", "visit_id")


def _text(name: str, length: int, nullable: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.String(length), nullable=nullable)


def _moment(name: str, nullable: bool = False) -> "sa.Column[Any]":
    return sa.Column(name, sa.DateTime(), nullable=nullable)


def _of_visit(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["visit_id"], ["visits.visit_id"], name=f"fk_{table}_visit_id")


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def _index_some(name: str, table: str, columns: Sequence[str], where: str, unique: bool = False) -> None:
    only = sa.text(where)
    op.create_index(name, table, list(columns), unique=unique, sqlite_where=only, postgresql_where=only)
