"""Scenarios and rates are published knowledge: the seed brings them in, staff change them."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table, key in (("scenarios", "scenario_id"), ("rate_files", "file_id")):
        op.create_table(
            table,
            sa.Column(key, sa.String(64), nullable=False),
            sa.Column("body", sa.JSON(), nullable=False),
            sa.Column("seed_digest", sa.String(64), nullable=False, server_default=""),
            sa.Column("edited_at", sa.DateTime()),
            sa.PrimaryKeyConstraint(key, name=f"pk_{table}"),
        )


def downgrade() -> None:
    op.drop_table("rate_files")
    op.drop_table("scenarios")
