"""Notices for whom no door reaches: staff tell them by telephone."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_UNDELIVERED = "delivered_at IS NULL AND NOT withdrawn"


def upgrade() -> None:
    op.drop_index("ix_notices_due", "notices")
    with op.batch_alter_table("notices") as notices:
        notices.alter_column("visitor_id", existing_type=sa.String(40), nullable=True)
    _index("ix_notices_due", "due_at", f"{_UNDELIVERED} AND visitor_id IS NOT NULL")
    _index("ix_notices_to_tell", "visit_id", f"{_UNDELIVERED} AND visitor_id IS NULL")


def downgrade() -> None:
    op.drop_index("ix_notices_to_tell", "notices")
    op.drop_index("ix_notices_due", "notices")
    op.execute("DELETE FROM notices WHERE visitor_id IS NULL")
    with op.batch_alter_table("notices") as notices:
        notices.alter_column("visitor_id", existing_type=sa.String(40), nullable=False)
    _index("ix_notices_due", "due_at", _UNDELIVERED)


def _index(name: str, column: str, where: str) -> None:
    only = sa.text(where)
    op.create_index(name, "notices", [column], sqlite_where=only, postgresql_where=only)
