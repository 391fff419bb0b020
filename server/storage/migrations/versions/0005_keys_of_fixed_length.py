"""Keys of bookings and tickets, kept as digests of what was asked and the caller's key."""

import hashlib

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_KEYS = sa.table("booking_keys", sa.column("visitor_id"), sa.column("key"), sa.column("visit_id"))
_VISITS = sa.table("visits", sa.column("visit_id"), sa.column("share"))


def upgrade() -> None:
    connection = op.get_bind()
    kept = sa.select(_KEYS.c.visitor_id, _KEYS.c.key, _VISITS.c.share).outerjoin(
        _VISITS, _VISITS.c.visit_id == _KEYS.c.visit_id
    )
    changed = [
        {"of": row.visitor_id, "was": row.key, "becomes": _digest(row.share, row.key)}
        for row in connection.execute(kept).all()
    ]
    if changed:
        connection.execute(
            sa.update(_KEYS)
            .where(_KEYS.c.visitor_id == sa.bindparam("of"), _KEYS.c.key == sa.bindparam("was"))
            .values(key=sa.bindparam("becomes")),
            changed,
        )
    with op.batch_alter_table("booking_keys") as keys:
        keys.alter_column("key", existing_type=sa.String(200), type_=sa.String(64), existing_nullable=False)


def downgrade() -> None:
    # A digest has no way back: a key that is sent again would have been another booking anyway.
    op.execute("DELETE FROM booking_keys")
    with op.batch_alter_table("booking_keys") as keys:
        keys.alter_column("key", existing_type=sa.String(64), type_=sa.String(200), existing_nullable=False)


def _digest(share: str | None, key: str) -> str:
    """As `service_hall.visits.keys` made them when this was written: a walk-in's key was for a ticket."""
    operation = "take_ticket" if share == "walk_in" else "book"
    return hashlib.sha256(f"{operation}\n{key}".encode()).hexdigest()
