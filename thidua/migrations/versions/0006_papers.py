"""Papers of every kind instead of minutes alone; who signs with what; the register; settings of the office."""

import sqlalchemy as sa
from alembic import op
from thidua.models.base import UtcDateTime

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('office_settings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('word_template', sa.String(length=64), nullable=False),
    sa.Column('word_template_name', sa.String(length=200), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('changed_at', UtcDateTime(), nullable=True),
    sa.Column('changed_by', sa.String(length=120), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_office_settings'))
    )
    op.create_table('signing_authority',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('certificate', sa.Text(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.Column('retired_at', UtcDateTime(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_signing_authority'))
    )
    op.create_table('personal_mark',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_personal_mark_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_personal_mark')),
    sa.UniqueConstraint('account_id', name=op.f('uq_personal_mark_account_id'))
    )
    op.create_table('signing_key',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('means', sa.String(length=12), nullable=False),
    sa.Column('name', sa.String(length=160), nullable=False),
    sa.Column('certificate', sa.Text(), nullable=False),
    sa.Column('chain', sa.Text(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('token', sa.JSON(), nullable=False),
    sa.Column('fingerprint', sa.String(length=64), nullable=False),
    sa.Column('not_before', UtcDateTime(), nullable=False),
    sa.Column('not_after', UtcDateTime(), nullable=False),
    sa.Column('wrong_pins', sa.Integer(), nullable=False),
    sa.Column('must_change_pin', sa.Boolean(), nullable=False),
    sa.Column('locked_at', UtcDateTime(), nullable=True),
    sa.Column('revoked_at', UtcDateTime(), nullable=True),
    sa.Column('revoked_reason', sa.String(length=300), nullable=False),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.Column('created_by', sa.String(length=120), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_signing_key_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_signing_key')),
    sa.UniqueConstraint('fingerprint', name=op.f('uq_signing_key_fingerprint'))
    )
    with op.batch_alter_table('signing_key', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_signing_key_account_id'), ['account_id'], unique=False)

    op.create_table('objection',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('conclusion_id', sa.Integer(), nullable=False),
    sa.Column('block_id', sa.String(length=80), nullable=False),
    sa.Column('speaker', sa.String(length=160), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('outcome', sa.String(length=12), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('by_name', sa.String(length=120), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.Column('withdrawn_at', UtcDateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['account.id'], name=op.f('fk_objection_by_id')),
    sa.ForeignKeyConstraint(['conclusion_id'], ['conclusion.id'], name=op.f('fk_objection_conclusion_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_objection'))
    )
    with op.batch_alter_table('objection', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_objection_conclusion_id'), ['conclusion_id'], unique=False)

    op.create_table('paper',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=20), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('conclusion_id', sa.Integer(), nullable=True),
    sa.Column('plan_id', sa.Integer(), nullable=True),
    sa.Column('amends_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=True),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('symbol', sa.String(length=40), nullable=False),
    sa.Column('means', sa.String(length=12), nullable=False),
    sa.Column('parts', sa.JSON(), nullable=False),
    sa.Column('frozen', sa.Text(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('journal_revision', sa.Integer(), nullable=False),
    sa.Column('journal_hash', sa.String(length=64), nullable=False),
    sa.Column('frozen_at', UtcDateTime(), nullable=False),
    sa.Column('frozen_by', sa.String(length=120), nullable=False),
    sa.Column('places', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['amends_id'], ['paper.id'], name=op.f('fk_paper_amends_id')),
    sa.ForeignKeyConstraint(['conclusion_id'], ['conclusion.id'], name=op.f('fk_paper_conclusion_id')),
    sa.ForeignKeyConstraint(['plan_id'], ['plan.id'], name=op.f('fk_paper_plan_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper')),
    sa.UniqueConstraint('sha256', name=op.f('uq_paper_sha256'))
    )
    with op.batch_alter_table('paper', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_paper_amends_id'), ['amends_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_paper_conclusion_id'), ['conclusion_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_paper_plan_id'), ['plan_id'], unique=False)
        batch_op.create_index('uq_paper_minutes', ['conclusion_id'], unique=True, sqlite_where=sa.text("role = 'minutes'"), postgresql_where=sa.text("role = 'minutes'"))

    op.create_table('text_edit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('conclusion_id', sa.Integer(), nullable=False),
    sa.Column('scope', sa.String(length=20), nullable=False),
    sa.Column('block_id', sa.String(length=80), nullable=False),
    sa.Column('generated', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('by_name', sa.String(length=120), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['account.id'], name=op.f('fk_text_edit_by_id')),
    sa.ForeignKeyConstraint(['conclusion_id'], ['conclusion.id'], name=op.f('fk_text_edit_conclusion_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_text_edit')),
    sa.UniqueConstraint('conclusion_id', 'scope', 'block_id', name=op.f('uq_text_edit_conclusion_id_scope_block_id'))
    )
    op.create_table('paper_draft',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('conclusion_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=20), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('by_name', sa.String(length=120), nullable=False),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.Column('changed_at', UtcDateTime(), nullable=False),
    sa.Column('discarded_at', UtcDateTime(), nullable=True),
    sa.Column('paper_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['account.id'], name=op.f('fk_paper_draft_by_id')),
    sa.ForeignKeyConstraint(['conclusion_id'], ['conclusion.id'], name=op.f('fk_paper_draft_conclusion_id')),
    sa.ForeignKeyConstraint(['paper_id'], ['paper.id'], name=op.f('fk_paper_draft_paper_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper_draft')),
    sa.UniqueConstraint('paper_id', name=op.f('uq_paper_draft_paper_id'))
    )
    with op.batch_alter_table('paper_draft', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_paper_draft_conclusion_id'), ['conclusion_id'], unique=False)

    op.create_table('paper_revision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('paper_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['paper_id'], ['paper.id'], name=op.f('fk_paper_revision_paper_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper_revision')),
    sa.UniqueConstraint('paper_id', 'number', name=op.f('uq_paper_revision_paper_id_number'))
    )
    with op.batch_alter_table('paper_revision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_paper_revision_sha256'), ['sha256'], unique=False)

    op.create_table('paper_signature',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('paper_id', sa.Integer(), nullable=False),
    sa.Column('part', sa.String(length=20), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('office', sa.String(length=160), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.Column('address', sa.String(length=64), nullable=False),
    sa.Column('device', sa.String(length=300), nullable=False),
    sa.Column('signed_sha256', sa.String(length=64), nullable=False),
    sa.Column('means', sa.String(length=12), nullable=False),
    sa.Column('authority', sa.String(length=200), nullable=False),
    sa.Column('key_id', sa.Integer(), nullable=True),
    sa.Column('certificate', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_paper_signature_account_id')),
    sa.ForeignKeyConstraint(['key_id'], ['signing_key.id'], name=op.f('fk_paper_signature_key_id')),
    sa.ForeignKeyConstraint(['paper_id'], ['paper.id'], name=op.f('fk_paper_signature_paper_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper_signature')),
    sa.UniqueConstraint('paper_id', 'part', name=op.f('uq_paper_signature_paper_id_part'))
    )
    with op.batch_alter_table('paper_signature', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_paper_signature_key_id'), ['key_id'], unique=False)

    op.create_table('register_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('symbol', sa.String(length=40), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('paper_id', sa.Integer(), nullable=True),
    sa.Column('issued_on', sa.Date(), nullable=False),
    sa.Column('title', sa.String(length=400), nullable=False),
    sa.Column('note', sa.String(length=400), nullable=False),
    sa.Column('registered_at', UtcDateTime(), nullable=False),
    sa.Column('registered_by', sa.String(length=120), nullable=False),
    sa.ForeignKeyConstraint(['paper_id'], ['paper.id'], name=op.f('fk_register_entry_paper_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_register_entry')),
    sa.UniqueConstraint('kind', 'symbol', 'year', 'number', name=op.f('uq_register_entry_kind_symbol_year_number')),
    sa.UniqueConstraint('paper_id', name=op.f('uq_register_entry_paper_id'))
    )
    op.create_table('signed_scan',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('paper_id', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('media_type', sa.String(length=80), nullable=False),
    sa.Column('file_name', sa.String(length=200), nullable=False),
    sa.Column('pages', sa.Integer(), nullable=False),
    sa.Column('found', sa.String(length=64), nullable=False),
    sa.Column('page_codes', sa.JSON(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('by_name', sa.String(length=120), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.Column('withdrawn_at', UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['account.id'], name=op.f('fk_signed_scan_by_id')),
    sa.ForeignKeyConstraint(['paper_id'], ['paper.id'], name=op.f('fk_signed_scan_paper_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_signed_scan'))
    )
    with op.batch_alter_table('signed_scan', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_signed_scan_paper_id'), ['paper_id'], unique=False)

    op.create_table('signing_refusal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('paper_id', sa.Integer(), nullable=False),
    sa.Column('part', sa.String(length=20), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_signing_refusal_account_id')),
    sa.ForeignKeyConstraint(['paper_id'], ['paper.id'], name=op.f('fk_signing_refusal_paper_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_signing_refusal'))
    )
    with op.batch_alter_table('signing_refusal', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_signing_refusal_paper_id'), ['paper_id'], unique=False)

    op.create_table('signing_request',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('paper_id', sa.Integer(), nullable=False),
    sa.Column('part', sa.String(length=20), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('key_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('base_sha256', sa.String(length=64), nullable=False),
    sa.Column('prepared_sha256', sa.String(length=64), nullable=False),
    sa.Column('to_sign', sa.LargeBinary(), nullable=False),
    sa.Column('state', sa.JSON(), nullable=False),
    sa.Column('authority', sa.String(length=200), nullable=False),
    sa.Column('op_id', sa.String(length=36), nullable=False),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.Column('expires_at', UtcDateTime(), nullable=False),
    sa.Column('finished_at', UtcDateTime(), nullable=True),
    sa.Column('cancelled_at', UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_signing_request_account_id')),
    sa.ForeignKeyConstraint(['key_id'], ['signing_key.id'], name=op.f('fk_signing_request_key_id')),
    sa.ForeignKeyConstraint(['paper_id'], ['paper.id'], name=op.f('fk_signing_request_paper_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_signing_request')),
    sa.UniqueConstraint('code', name=op.f('uq_signing_request_code')),
    sa.UniqueConstraint('op_id', name=op.f('uq_signing_request_op_id'))
    )
    with op.batch_alter_table('signing_request', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_signing_request_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_signing_request_paper_id'), ['paper_id'], unique=False)

    op.execute(
        "INSERT INTO paper (id, role, kind, conclusion_id, reason, number, year, symbol, means, parts, frozen, sha256,"
        " journal_revision, journal_hash, frozen_at, frozen_by, places)"
        " SELECT id, 'minutes', 'BB', conclusion_id, '', number, year, symbol, 'electronic', '[]', frozen, sha256,"
        " journal_revision, journal_hash, frozen_at, frozen_by, places FROM minutes"
    )
    op.execute(
        "INSERT INTO paper_revision (id, paper_id, number, sha256, size, at)"
        " SELECT id, minutes_id, number, sha256, size, at FROM minutes_revision"
    )
    op.execute(
        "INSERT INTO paper_signature (id, paper_id, part, account_id, name, office, at, address, device,"
        " signed_sha256, means, authority, certificate)"
        " SELECT id, minutes_id, part, account_id, name, office, at, address, device, signed_sha256, '', '', ''"
        " FROM signature"
    )
    # the day is the day in Việt Nam, as the number's year is
    day = "date(frozen_at, '+7 hours')" if op.get_bind().dialect.name == "sqlite" else (
        "(frozen_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"
    )
    op.execute(
        "INSERT INTO register_entry (id, kind, symbol, year, number, paper_id, issued_on, title, note, registered_at,"
        f" registered_by) SELECT id, 'BB', symbol, year, number, id, {day}, '', '', frozen_at, frozen_by FROM minutes"
    )
    if op.get_bind().dialect.name == "postgresql":
        for table in ("paper", "paper_revision", "paper_signature", "register_entry"):
            op.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT coalesce(max(id), 0) + 1 FROM {table}),"
                " false)"
            )
    op.drop_table("signature")
    op.drop_table("minutes_revision")
    op.drop_table("minutes")

    op.add_column("conclusion", sa.Column("signers", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column(
        "conclusion", sa.Column("signing_means", sa.String(length=12), nullable=False, server_default="electronic")
    )
    op.add_column("conclusion", sa.Column("reading_page", sa.Integer(), nullable=True))
    op.add_column("conclusion", sa.Column("read_through_at", UtcDateTime(), nullable=True))
    op.add_column("plan", sa.Column("signing", sa.JSON(), nullable=False, server_default="{}"))


def downgrade() -> None:
    op.drop_column("plan", "signing")
    for name in ("read_through_at", "reading_page", "signing_means", "signers"):
        op.drop_column("conclusion", name)

    op.create_table('minutes',
    sa.Column('id', sa.INTEGER(), nullable=False),
    sa.Column('conclusion_id', sa.INTEGER(), nullable=False),
    sa.Column('number', sa.INTEGER(), nullable=False),
    sa.Column('year', sa.INTEGER(), nullable=False),
    sa.Column('symbol', sa.VARCHAR(length=40), nullable=False),
    sa.Column('frozen', sa.TEXT(), nullable=False),
    sa.Column('sha256', sa.VARCHAR(length=64), nullable=False),
    sa.Column('journal_revision', sa.INTEGER(), nullable=False),
    sa.Column('journal_hash', sa.VARCHAR(length=64), nullable=False),
    sa.Column('frozen_at', UtcDateTime(), nullable=False),
    sa.Column('frozen_by', sa.VARCHAR(length=120), nullable=False),
    sa.Column('places', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['conclusion_id'], ['conclusion.id'], name=op.f('fk_minutes_conclusion_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_minutes')),
    sa.UniqueConstraint('conclusion_id', name=op.f('uq_minutes_conclusion_id')),
    sa.UniqueConstraint('sha256', name=op.f('uq_minutes_sha256')),
    sa.UniqueConstraint('year', 'symbol', 'number', name=op.f('uq_minutes_year_symbol_number'))
    )
    op.create_table('minutes_revision',
    sa.Column('id', sa.INTEGER(), nullable=False),
    sa.Column('minutes_id', sa.INTEGER(), nullable=False),
    sa.Column('number', sa.INTEGER(), nullable=False),
    sa.Column('sha256', sa.VARCHAR(length=64), nullable=False),
    sa.Column('size', sa.INTEGER(), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['minutes_id'], ['minutes.id'], name=op.f('fk_minutes_revision_minutes_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_minutes_revision')),
    sa.UniqueConstraint('minutes_id', 'number', name=op.f('uq_minutes_revision_minutes_id_number'))
    )
    op.create_table('signature',
    sa.Column('id', sa.INTEGER(), nullable=False),
    sa.Column('minutes_id', sa.INTEGER(), nullable=False),
    sa.Column('part', sa.VARCHAR(length=20), nullable=False),
    sa.Column('account_id', sa.INTEGER(), nullable=False),
    sa.Column('name', sa.VARCHAR(length=120), nullable=False),
    sa.Column('office', sa.VARCHAR(length=160), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.Column('address', sa.VARCHAR(length=64), nullable=False),
    sa.Column('device', sa.VARCHAR(length=300), nullable=False),
    sa.Column('signed_sha256', sa.VARCHAR(length=64), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_signature_account_id')),
    sa.ForeignKeyConstraint(['minutes_id'], ['minutes.id'], name=op.f('fk_signature_minutes_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_signature')),
    sa.UniqueConstraint('minutes_id', 'part', name=op.f('uq_signature_minutes_id_part'))
    )
    # what has no number yet, and papers that are not minutes, have no place in the older schema
    op.execute(
        "INSERT INTO minutes (id, conclusion_id, number, year, symbol, frozen, sha256, journal_revision, journal_hash,"
        " frozen_at, frozen_by, places) SELECT id, conclusion_id, number, year, symbol, frozen, sha256,"
        " journal_revision, journal_hash, frozen_at, frozen_by, places FROM paper"
        " WHERE role = 'minutes' AND number IS NOT NULL"
    )
    op.execute(
        "INSERT INTO minutes_revision (id, minutes_id, number, sha256, size, at)"
        " SELECT id, paper_id, number, sha256, size, at FROM paper_revision"
        " WHERE paper_id IN (SELECT id FROM minutes)"
    )
    op.execute(
        "INSERT INTO signature (id, minutes_id, part, account_id, name, office, at, address, device, signed_sha256)"
        " SELECT id, paper_id, part, account_id, name, office, at, address, device, signed_sha256"
        " FROM paper_signature WHERE paper_id IN (SELECT id FROM minutes)"
    )
    with op.batch_alter_table('signing_request', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_signing_request_paper_id'))
        batch_op.drop_index(batch_op.f('ix_signing_request_account_id'))

    op.drop_table('signing_request')
    with op.batch_alter_table('signing_refusal', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_signing_refusal_paper_id'))

    op.drop_table('signing_refusal')
    with op.batch_alter_table('signed_scan', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_signed_scan_paper_id'))

    op.drop_table('signed_scan')
    op.drop_table('register_entry')
    with op.batch_alter_table('paper_signature', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_paper_signature_key_id'))

    op.drop_table('paper_signature')
    with op.batch_alter_table('paper_revision', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_paper_revision_sha256'))

    op.drop_table('paper_revision')
    with op.batch_alter_table('paper_draft', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_paper_draft_conclusion_id'))

    op.drop_table('paper_draft')
    op.drop_table('text_edit')
    with op.batch_alter_table('paper', schema=None) as batch_op:
        batch_op.drop_index('uq_paper_minutes', sqlite_where=sa.text("role = 'minutes'"), postgresql_where=sa.text("role = 'minutes'"))
        batch_op.drop_index(batch_op.f('ix_paper_plan_id'))
        batch_op.drop_index(batch_op.f('ix_paper_conclusion_id'))
        batch_op.drop_index(batch_op.f('ix_paper_amends_id'))

    op.drop_table('paper')
    with op.batch_alter_table('objection', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_objection_conclusion_id'))

    op.drop_table('objection')
    with op.batch_alter_table('signing_key', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_signing_key_account_id'))

    op.drop_table('signing_key')
    op.drop_table('personal_mark')
    op.drop_table('signing_authority')
    op.drop_table('office_settings')
