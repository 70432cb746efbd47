"""Score sheets of any shape with their versions, imports of them, and the preparation of a unit."""

import sqlalchemy as sa
from alembic import op
from thidua.models.base import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "checklist_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("encoding", sa.String(length=10), nullable=False),
        sa.Column("is_converted", sa.Boolean(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("checklist_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.String(length=120), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_checklist_import_by_id")),
        sa.ForeignKeyConstraint(["checklist_id"], ["checklist.id"], name=op.f("fk_checklist_import_checklist_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checklist_import")),
    )
    with op.batch_alter_table("checklist_import", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_checklist_import_by_id"), ["by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_checklist_import_checklist_id"), ["checklist_id"], unique=False)

    op.create_table(
        "preparation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("checklist_session_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("link_code", sa.String(length=40), nullable=True),
        sa.Column("report_summary", sa.Text(), nullable=False),
        sa.Column("visit_place", sa.Text(), nullable=False),
        sa.Column("schedule_confirmed_at", UtcDateTime(), nullable=True),
        sa.Column("schedule_confirmed_by_name", sa.String(length=120), nullable=False),
        sa.Column("submitted_at", UtcDateTime(), nullable=True),
        sa.Column("submitted_by_name", sa.String(length=120), nullable=False),
        sa.Column("first_submitted_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["checklist_session_id"], ["checklist_session.id"], name=op.f("fk_preparation_checklist_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preparation")),
        sa.UniqueConstraint("checklist_session_id", name=op.f("uq_preparation_checklist_session_id")),
        sa.UniqueConstraint("link_code", name=op.f("uq_preparation_link_code")),
    )
    op.create_table(
        "preparation_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("preparation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["preparation_id"], ["preparation.id"], name=op.f("fk_preparation_document_preparation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preparation_document")),
    )
    with op.batch_alter_table("preparation_document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_preparation_document_preparation_id"), ["preparation_id"], unique=False)

    op.create_table(
        "preparation_figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("preparation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=300), nullable=False),
        sa.Column("measure", sa.String(length=60), nullable=False),
        sa.Column("last_year", sa.String(length=30), nullable=False),
        sa.Column("this_year", sa.String(length=30), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["preparation_id"], ["preparation.id"], name=op.f("fk_preparation_figure_preparation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preparation_figure")),
    )
    with op.batch_alter_table("preparation_figure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_preparation_figure_preparation_id"), ["preparation_id"], unique=False)

    op.create_table(
        "preparation_person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("preparation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("office", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["preparation_id"], ["preparation.id"], name=op.f("fk_preparation_person_preparation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preparation_person")),
    )
    with op.batch_alter_table("preparation_person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_preparation_person_preparation_id"), ["preparation_id"], unique=False)

    op.create_table(
        "preparation_return",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("preparation_id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.String(length=120), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_preparation_return_by_id")),
        sa.ForeignKeyConstraint(["criterion_id"], ["criterion.id"], name=op.f("fk_preparation_return_criterion_id")),
        sa.ForeignKeyConstraint(
            ["preparation_id"], ["preparation.id"], name=op.f("fk_preparation_return_preparation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preparation_return")),
    )
    with op.batch_alter_table("preparation_return", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_preparation_return_criterion_id"), ["criterion_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_preparation_return_preparation_id"), ["preparation_id"], unique=False)

    op.create_table(
        "preparation_proof",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("preparation_id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["criterion_id"], ["criterion.id"], name=op.f("fk_preparation_proof_criterion_id")),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["preparation_document.id"],
            name=op.f("fk_preparation_proof_document_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["preparation_id"], ["preparation.id"], name=op.f("fk_preparation_proof_preparation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preparation_proof")),
    )
    with op.batch_alter_table("preparation_proof", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_preparation_proof_criterion_id"), ["criterion_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_preparation_proof_document_id"), ["document_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_preparation_proof_preparation_id"), ["preparation_id"], unique=False)

    op.add_column("checklist", sa.Column("copied_from_id", sa.Integer(), nullable=True))
    op.add_column("checklist", sa.Column("family_id", sa.Integer(), nullable=True))
    op.add_column("checklist", sa.Column("revision", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("checklist", sa.Column("declared_max_by_kind", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("checklist", sa.Column("total_cap", sa.Integer(), nullable=True))
    op.add_column("checklist", sa.Column("clusters", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("checklist", sa.Column("published_by_name", sa.String(length=120), nullable=False, server_default=""))
    op.add_column("checklist", sa.Column("retired_at", UtcDateTime(), nullable=True))
    op.create_index(op.f("ix_checklist_family_id"), "checklist", ["family_id"], unique=False)

    op.add_column("conclusion", sa.Column("declared_gates", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("checklist_session", sa.Column("unit_kind", sa.String(length=40), nullable=False, server_default=""))

    op.add_column("criterion", sa.Column("either_or", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("criterion", sa.Column("starts_full", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("criterion", sa.Column("applies_to", sa.JSON(), nullable=False, server_default="[]"))

    op.add_column("evidence", sa.Column("purpose", sa.String(length=20), nullable=False, server_default=""))

    op.execute(
        "UPDATE checklist_session SET unit_kind = (SELECT kind FROM unit WHERE unit.id = checklist_session.unit_id)"
    )


def downgrade() -> None:
    op.drop_column("evidence", "purpose")

    op.drop_column("criterion", "applies_to")
    op.drop_column("criterion", "starts_full")
    op.drop_column("criterion", "either_or")

    op.drop_column("checklist_session", "unit_kind")
    op.drop_column("conclusion", "declared_gates")

    op.drop_index(op.f("ix_checklist_family_id"), table_name="checklist")
    op.drop_column("checklist", "retired_at")
    op.drop_column("checklist", "published_by_name")
    op.drop_column("checklist", "clusters")
    op.drop_column("checklist", "total_cap")
    op.drop_column("checklist", "declared_max_by_kind")
    op.drop_column("checklist", "revision")
    op.drop_column("checklist", "family_id")
    op.drop_column("checklist", "copied_from_id")

    op.drop_index(op.f("ix_preparation_proof_preparation_id"), table_name="preparation_proof")
    op.drop_index(op.f("ix_preparation_proof_document_id"), table_name="preparation_proof")
    op.drop_index(op.f("ix_preparation_proof_criterion_id"), table_name="preparation_proof")

    op.drop_table("preparation_proof")
    op.drop_index(op.f("ix_preparation_return_preparation_id"), table_name="preparation_return")
    op.drop_index(op.f("ix_preparation_return_criterion_id"), table_name="preparation_return")

    op.drop_table("preparation_return")
    op.drop_index(op.f("ix_preparation_person_preparation_id"), table_name="preparation_person")

    op.drop_table("preparation_person")
    op.drop_index(op.f("ix_preparation_figure_preparation_id"), table_name="preparation_figure")

    op.drop_table("preparation_figure")
    op.drop_index(op.f("ix_preparation_document_preparation_id"), table_name="preparation_document")

    op.drop_table("preparation_document")
    op.drop_table("preparation")
    op.drop_index(op.f("ix_checklist_import_checklist_id"), table_name="checklist_import")
    op.drop_index(op.f("ix_checklist_import_by_id"), table_name="checklist_import")

    op.drop_table("checklist_import")
