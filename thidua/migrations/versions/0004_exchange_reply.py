"""An answer names the question it answers; a corrected exchange says so."""

import sqlalchemy as sa
from alembic import op
from thidua.models.base import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("exchange") as exchange:
        exchange.add_column(sa.Column("answers_id", sa.Integer(), nullable=True))
        exchange.add_column(sa.Column("changed_at", UtcDateTime(), nullable=True))
        exchange.create_foreign_key(op.f("fk_exchange_answers_id"), "exchange", ["answers_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("exchange") as exchange:
        exchange.drop_constraint(op.f("fk_exchange_answers_id"), type_="foreignkey")
        exchange.drop_column("changed_at")
        exchange.drop_column("answers_id")
