"""One order of who spoke: what was said and answered leaves the turns, what was pushed leaves its own table.

A pushed reply keeps its number, because streams go on from it. What was said and answered before gets numbers above all
of those; its place in the conversation is told by its moment.
"""

from collections.abc import Iterator
from itertools import groupby, islice
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_A_PAGE = 500
_utterances = sa.table(
    "utterances",
    sa.column("number", sa.Integer()),
    sa.column("visitor_id", sa.String()),
    sa.column("message_id", sa.String()),
    sa.column("who", sa.String()),
    sa.column("door", sa.String()),
    sa.column("at", sa.DateTime()),
    sa.column("said", sa.Text()),
    sa.column("reply", sa.JSON(none_as_null=True)),
)
_turns = sa.table(
    "turns",
    sa.column("message_id", sa.String()),
    sa.column("visitor_id", sa.String()),
    sa.column("received_at", sa.DateTime()),
    sa.column("said", sa.Text()),
    sa.column("replies", sa.JSON()),
)


def upgrade() -> None:
    op.create_table(
        "utterances",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("visitor_id", sa.String(40), nullable=False),
        sa.Column("message_id", sa.String(40)),
        sa.Column("who", sa.String(10), nullable=False),
        sa.Column("door", sa.String(10), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("said", sa.Text()),
        sa.Column("reply", sa.JSON()),
        sa.Column("once", sa.String(40)),
        sa.PrimaryKeyConstraint("number", name="pk_utterances"),
        sqlite_autoincrement=True,
    )
    op.execute(
        "INSERT INTO utterances (number, visitor_id, who, door, at, reply, once) "
        "SELECT push_id, visitor_id, 'notice', 'web', pushed_at, reply, notice_id FROM pushed_replies"
    )
    _go_on_after_the_highest()
    _insert(row for turn in _old_turns() for row in _spoken(turn))
    op.create_index("ix_utterances_message_id", "utterances", ["message_id"])
    op.create_index("ix_utterances_once", "utterances", ["once"], unique=True)
    op.create_index("ix_utterances_visitor_id_at_number", "utterances", ["visitor_id", "at", "number"])
    op.drop_table("pushed_replies")
    op.drop_column("turns", "said")
    op.drop_column("turns", "replies")


def downgrade() -> None:
    op.add_column("turns", sa.Column("said", sa.Text(), nullable=False, server_default=""))
    op.add_column("turns", sa.Column("replies", sa.JSON(), nullable=False, server_default="[]"))
    op.create_table(
        "pushed_replies",
        sa.Column("push_id", sa.Integer(), nullable=False, autoincrement=True),
        sa.Column("visitor_id", sa.String(40), nullable=False),
        sa.Column("pushed_at", sa.DateTime(), nullable=False),
        sa.Column("reply", sa.JSON(), nullable=False),
        sa.Column("notice_id", sa.String(40)),
        sa.PrimaryKeyConstraint("push_id", name="pk_pushed_replies"),
    )
    op.execute(
        "INSERT INTO pushed_replies (push_id, visitor_id, pushed_at, reply, notice_id) "
        "SELECT number, visitor_id, at, reply, once FROM utterances WHERE who IN ('notice', 'staff')"
    )
    op.create_index("ix_pushed_replies_visitor_id", "pushed_replies", ["visitor_id"])
    op.create_index("ix_pushed_replies_notice_id", "pushed_replies", ["notice_id"], unique=True)
    connection, told = op.get_bind(), _utterances.c
    rows = connection.execute(
        sa.select(told.message_id, told.said, told.reply)
        .where(told.message_id.is_not(None))
        .order_by(told.message_id, told.number),
        execution_options={"yield_per": _A_PAGE},
    )
    for message_id, spoken in groupby(rows, key=lambda row: row.message_id):
        whole = list(spoken)
        kept = {
            "said": "".join(each.said or "" for each in whole),
            "replies": [each.reply for each in whole if each.reply is not None],
        }
        connection.execute(sa.update(_turns).where(_turns.c.message_id == message_id).values(kept))
    op.drop_table("utterances")


def _go_on_after_the_highest() -> None:
    """SQLite does so by itself."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "SELECT setval(pg_get_serial_sequence('utterances', 'number'), max(number)) FROM utterances "
            "HAVING max(number) IS NOT NULL"
        )


def _old_turns() -> Iterator[Any]:
    wanted = sa.select(_turns).order_by(_turns.c.received_at, _turns.c.message_id)
    yield from op.get_bind().execute(wanted, execution_options={"yield_per": _A_PAGE})


def _spoken(turn: Any) -> Iterator[dict[str, Any]]:
    common = {
        "visitor_id": turn.visitor_id,
        "message_id": turn.message_id,
        "door": "web",
        "at": turn.received_at,
    }
    yield common | {"who": "citizen", "said": turn.said, "reply": None}
    for reply in turn.replies:
        yield common | {"who": "assistant", "said": None, "reply": reply}


def _insert(rows: Iterator[dict[str, Any]]) -> None:
    while page := list(islice(rows, _A_PAGE)):
        op.get_bind().execute(sa.insert(_utterances), page)
