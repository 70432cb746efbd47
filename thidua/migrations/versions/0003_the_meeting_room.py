"""The meeting room: evidence, blind rounds, read-back, reviews of recommendations, room numbers."""

import sqlalchemy as sa
from alembic import op
from thidua.models.base import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "criterion_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("checklist_session_id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.Column("revealed_at", UtcDateTime(), nullable=True),
        sa.Column("read_back_version", sa.Integer(), nullable=False),
        sa.Column("read_back_by_id", sa.Integer(), nullable=True),
        sa.Column("read_back_by_name", sa.String(length=120), nullable=False),
        sa.Column("read_back_at", UtcDateTime(), nullable=True),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_by_name", sa.String(length=120), nullable=False),
        sa.Column("confirmed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["checklist_session_id"], ["checklist_session.id"], name=op.f("fk_criterion_round_checklist_session_id")
        ),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["account.id"], name=op.f("fk_criterion_round_confirmed_by_id")),
        sa.ForeignKeyConstraint(["criterion_id"], ["criterion.id"], name=op.f("fk_criterion_round_criterion_id")),
        sa.ForeignKeyConstraint(["read_back_by_id"], ["account.id"], name=op.f("fk_criterion_round_read_back_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criterion_round")),
        sa.UniqueConstraint(
            "checklist_session_id", "criterion_id", name=op.f("uq_criterion_round_checklist_session_id_criterion_id")
        ),
    )
    op.create_index(op.f("ix_criterion_round_criterion_id"), "criterion_round", ["criterion_id"], unique=False)

    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("checklist_session_id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=True),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("thumbnail", sa.String(length=64), nullable=False),
        sa.Column("caption", sa.String(length=300), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.String(length=120), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_evidence_by_id")),
        sa.ForeignKeyConstraint(
            ["checklist_session_id"], ["checklist_session.id"], name=op.f("fk_evidence_checklist_session_id")
        ),
        sa.ForeignKeyConstraint(["criterion_id"], ["criterion.id"], name=op.f("fk_evidence_criterion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    op.create_index(op.f("ix_evidence_checklist_session_id"), "evidence", ["checklist_session_id"], unique=False)
    op.create_index(op.f("ix_evidence_digest"), "evidence", ["digest"], unique=False)

    op.create_table(
        "room_pin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("checklist_session_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("pin_hash", sa.String(length=200), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("tried_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_room_pin_account_id")),
        sa.ForeignKeyConstraint(
            ["checklist_session_id"], ["checklist_session.id"], name=op.f("fk_room_pin_checklist_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_pin")),
        sa.UniqueConstraint(
            "checklist_session_id", "account_id", name=op.f("uq_room_pin_checklist_session_id_account_id")
        ),
    )
    op.create_index(op.f("ix_room_pin_account_id"), "room_pin", ["account_id"], unique=False)

    op.create_table(
        "recommendation_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("checklist_session_id", sa.Integer(), nullable=False),
        sa.Column("remark_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=10), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.String(length=120), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_recommendation_review_by_id")),
        sa.ForeignKeyConstraint(
            ["checklist_session_id"],
            ["checklist_session.id"],
            name=op.f("fk_recommendation_review_checklist_session_id"),
        ),
        sa.ForeignKeyConstraint(["remark_id"], ["remark.id"], name=op.f("fk_recommendation_review_remark_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation_review")),
        sa.UniqueConstraint(
            "checklist_session_id", "remark_id", name=op.f("uq_recommendation_review_checklist_session_id_remark_id")
        ),
    )
    op.create_index(op.f("ix_recommendation_review_remark_id"), "recommendation_review", ["remark_id"], unique=False)

    op.add_column("agenda_step", sa.Column("planned_minutes", sa.Integer(), nullable=False, server_default="0"))
    for table in ("plan", "checklist_session"):
        for setting in ("blind_first_round", "two_person_check"):
            op.add_column(table, sa.Column(setting, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("checklist_session", sa.Column("starts_at", sa.String(5), nullable=False, server_default=""))
    op.add_column(
        "checklist_session", sa.Column("total_hidden", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("checklist_session", sa.Column("join_code", sa.String(20), nullable=True))
    op.create_index(op.f("ix_checklist_session_join_code"), "checklist_session", ["join_code"], unique=True)
    op.add_column("score", sa.Column("scribe_name", sa.String(120), nullable=False, server_default=""))
    op.add_column("login_session", sa.Column("last_seen_at", UtcDateTime(), nullable=True))
    # SQLite adds a column with its reference in one statement, without writing the table anew.
    op.execute(
        "ALTER TABLE login_session ADD COLUMN checklist_session_id INTEGER "
        "CONSTRAINT fk_login_session_checklist_session_id REFERENCES checklist_session (id)"
    )
    op.create_index(op.f("ix_login_session_checklist_session_id"), "login_session", ["checklist_session_id"])


def downgrade() -> None:
    for name in ("recommendation_review", "room_pin", "evidence", "criterion_round"):
        op.drop_table(name)
    op.drop_index(op.f("ix_login_session_checklist_session_id"), "login_session")
    op.drop_index(op.f("ix_checklist_session_join_code"), "checklist_session")
    columns = {
        "score": ("scribe_name",),
        "login_session": ("checklist_session_id", "last_seen_at"),
        "checklist_session": ("join_code", "total_hidden", "starts_at", "two_person_check", "blind_first_round"),
        "plan": ("two_person_check", "blind_first_round"),
        "agenda_step": ("planned_minutes",),
    }
    for table, names in columns.items():
        with op.batch_alter_table(table) as batch:
            for name in names:
                batch.drop_column(name)
