"""What members of staff may do, their second step, and the book of who did what."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_FORBIDDEN_ON_SQLITE = (
    """CREATE TRIGGER audit_log_stay BEFORE UPDATE ON audit_log
    BEGIN SELECT RAISE(ABORT, 'audit_log is only ever added to'); END""",
    """CREATE TRIGGER audit_log_remain BEFORE DELETE ON audit_log
    BEGIN SELECT RAISE(ABORT, 'audit_log is only ever added to'); END""",
    # INSERT OR REPLACE deletes without asking the trigger above.
    """CREATE TRIGGER audit_log_once BEFORE INSERT ON audit_log
    WHEN EXISTS (SELECT 1 FROM audit_log WHERE number = NEW.number)
    BEGIN SELECT RAISE(ABORT, 'audit_log is only ever added to'); END""",
)
_FORBIDDEN_ON_POSTGRESQL = (
    """CREATE FUNCTION audit_log_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'audit_log is only ever added to'; END $$""",
    """CREATE TRIGGER audit_log_stay BEFORE UPDATE OR DELETE ON audit_log
    FOR EACH ROW EXECUTE FUNCTION audit_log_is_only_added_to()""",
    """CREATE TRIGGER audit_log_remain BEFORE TRUNCATE ON audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION audit_log_is_only_added_to()""",
)
_NEW_COLUMNS = ("roles", "regions", "departments", "must_change", "disabled", "second_step", "last_code")


def upgrade() -> None:
    with op.batch_alter_table("staff_accounts") as accounts:
        for name in ("roles", "regions", "departments"):
            accounts.add_column(sa.Column(name, sa.JSON()))
        for name in ("must_change", "disabled"):
            accounts.add_column(sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
        accounts.add_column(sa.Column("second_step", sa.Text()))
        accounts.add_column(sa.Column("last_code", sa.Integer(), nullable=False, server_default="0"))
    # Until now an account was for the counter; the first one is whoever set the service up.
    lists = [sa.column(name, sa.JSON()) for name in ("roles", "regions", "departments")]
    accounts_now = sa.table("staff_accounts", sa.column("name", sa.String()), *lists)
    op.execute(sa.update(accounts_now).values(roles=["clerk"], regions=[], departments=[]))
    op.execute(sa.update(accounts_now).where(accounts_now.c.name == "admin").values(roles=["administrator"]))
    with op.batch_alter_table("staff_accounts") as accounts:
        for name in ("roles", "regions", "departments"):
            accounts.alter_column(name, existing_type=sa.JSON(), nullable=False)
    op.create_table(
        "audit_log",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(120), nullable=False),
        sa.Column("what", sa.String(60), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("thing", sa.String(200), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_audit_log"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_log_at", "audit_log", ["at"])
    for columns in (["by", "number"], ["what", "number"], ["kind", "thing", "number"]):
        op.create_index(f"ix_audit_log_{'_'.join(columns)}", "audit_log", columns)
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    for forbidden in _FORBIDDEN_ON_POSTGRESQL if on_postgresql else _FORBIDDEN_ON_SQLITE:
        op.execute(forbidden)


def downgrade() -> None:
    op.drop_table("audit_log")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_log_is_only_added_to()")
    with op.batch_alter_table("staff_accounts") as accounts:
        for name in _NEW_COLUMNS:
            accounts.drop_column(name)
