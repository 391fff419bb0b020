"""What the hall told of life events comes with the scenarios now.

Topics of that kind that came from files, and that nobody edited, would still be found beside them. What staff changed
stays. On the way back the seed of the earlier version brings its files in again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    documents = sa.table("guide_documents", sa.Column("guide_id", sa.String(64)), sa.Column("edited_at", sa.DateTime()))
    is_event = documents.c.guide_id.startswith("hall-event-", autoescape=True)
    op.get_bind().execute(sa.delete(documents).where(is_event, documents.c.edited_at.is_(None)))


def downgrade() -> None:
    pass
