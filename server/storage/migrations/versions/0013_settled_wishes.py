"""Wishes that are settled, and places that were only held, tell no longer for whom they were."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_PERSON = {"person_sealed": sa.Text(), "id_key": sa.String(64), "name_key": sa.String(64)}
_NOBODY = "person_sealed = NULL, id_key = NULL, name_key = NULL"


def upgrade() -> None:
    _person_of_a_wish(nullable=True)
    op.execute(f"UPDATE wishes SET {_NOBODY} WHERE status NOT IN ('waiting', 'offered')")
    booked = "SELECT 1 FROM visit_events WHERE visit_events.visit_id = visits.visit_id AND visit_events.move = 'book'"
    op.execute(
        f"UPDATE visits SET {_NOBODY}, question = '' WHERE status = 'cancelled' AND starts_at IS NOT NULL"
        f" AND (name_key IS NOT NULL OR question <> '') AND NOT EXISTS ({booked})"
    )


def downgrade() -> None:
    op.execute("DELETE FROM wishes WHERE name_key IS NULL")
    op.execute("UPDATE wishes SET id_key = '' WHERE id_key IS NULL")
    _person_of_a_wish(nullable=False)


def _person_of_a_wish(nullable: bool) -> None:
    with op.batch_alter_table("wishes") as wishes:
        for name, kind in _PERSON.items():
            wishes.alter_column(name, existing_type=kind, nullable=nullable)
