"""follow-up: links, the handover, answers, reports, cards and look-backs"""

from alembic import op
import sqlalchemy as sa

revision = '0040'
down_revision = '0032'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('ended_agreement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('on', sa.String(length=40), nullable=False),
    sa.Column('by', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('said_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_ended_agreement_workshop_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ended_agreement')),
    sqlite_autoincrement=True,
    )
    op.create_index(op.f('ix_ended_agreement_on'), 'ended_agreement', ['on'])
    op.create_index(op.f('ix_ended_agreement_workshop_id'), 'ended_agreement', ['workshop_id'])
    op.create_table('follow_up_date',
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('proposed', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_follow_up_date_workshop_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('workshop_id', 'day', name=op.f('pk_follow_up_date'))
    )
    op.create_table('follow_up_report',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('on', sa.String(length=40), nullable=False),
    sa.Column('party', sa.Text(), nullable=False),
    sa.Column('date', sa.Date(), nullable=False),
    sa.Column('value', sa.Text(), nullable=True),
    sa.Column('exact', sa.Text(), nullable=True),
    sa.Column('value_date', sa.Date(), nullable=True),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('status', sa.String(length=12), nullable=False),
    sa.Column('what_worked', sa.Text(), nullable=False),
    sa.Column('what_went_wrong', sa.Text(), nullable=False),
    sa.Column('lesson', sa.Text(), nullable=False),
    sa.Column('next_date', sa.Date(), nullable=True),
    sa.Column('corrects_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("status in ('on_track','partly','reached','not_reached','dropped')", name=op.f('ck_follow_up_report_status')),
    sa.ForeignKeyConstraint(['corrects_id'], ['follow_up_report.id'], name=op.f('fk_follow_up_report_corrects_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_follow_up_report_workshop_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_follow_up_report')),
    sqlite_autoincrement=True,
    )
    op.create_index(op.f('ix_follow_up_report_on'), 'follow_up_report', ['on'])
    op.create_index(op.f('ix_follow_up_report_workshop_id'), 'follow_up_report', ['workshop_id'])
    op.create_table('handover',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_role', sa.String(length=12), nullable=False),
    sa.Column('to', sa.Text(), nullable=False),
    sa.Column('due', sa.Date(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_handover_workshop_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handover')),
    sqlite_autoincrement=True,
    )
    op.create_index(op.f('ix_handover_workshop_id'), 'handover', ['workshop_id'])
    op.create_table('line_report',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('on', sa.String(length=40), nullable=False),
    sa.Column('line', sa.Integer(), nullable=False),
    sa.Column('party', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('evidence', sa.Text(), nullable=False),
    sa.Column('date', sa.Date(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("state in ('delivered','partly','not_delivered','withdrawn')", name=op.f('ck_line_report_state')),
    sa.CheckConstraint('line >= 0', name=op.f('ck_line_report_line')),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_line_report_workshop_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_line_report')),
    sqlite_autoincrement=True,
    )
    op.create_index(op.f('ix_line_report_on'), 'line_report', ['on'])
    op.create_index(op.f('ix_line_report_workshop_id'), 'line_report', ['workshop_id'])
    op.create_table('look_back',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('on', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('question', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('cards', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('effective', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('privacy_minimum', sa.Integer(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('result', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('papers_hash', sa.String(length=64), nullable=True),
    sa.CheckConstraint("state in ('open','closed')", name=op.f('ck_look_back_state')),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_look_back_workshop_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_look_back')),
    sqlite_autoincrement=True,
    )
    op.create_index(op.f('ix_look_back_workshop_id'), 'look_back', ['workshop_id'])
    op.create_table('overdue_correction',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('on', sa.String(length=40), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_overdue_correction_workshop_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_overdue_correction')),
    sqlite_autoincrement=True,
    )
    op.create_index(op.f('ix_overdue_correction_workshop_id'), 'overdue_correction', ['workshop_id'])
    op.create_table('path_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('on', sa.String(length=40), nullable=True),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('date', sa.Date(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('link', sa.Text(), nullable=False),
    sa.Column('case_number', sa.Text(), nullable=False),
    sa.Column('outcome', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('edited_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_path_step_workshop_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_path_step')),
    sqlite_autoincrement=True,
    )
    op.create_index(op.f('ix_path_step_workshop_id'), 'path_step', ['workshop_id'])
    op.create_table('postponement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('on', sa.String(length=40), nullable=True),
    sa.Column('by_body', sa.Text(), nullable=False),
    sa.Column('to', sa.Date(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_postponement_workshop_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_postponement')),
    sqlite_autoincrement=True,
    )
    op.create_index(op.f('ix_postponement_workshop_id'), 'postponement', ['workshop_id'])
    op.create_table('follow_up_card',
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['group.id'], name=op.f('fk_follow_up_card_group_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_follow_up_card_workshop_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('code_hash', name=op.f('pk_follow_up_card')),
    sqlite_with_rowid=False
    )
    op.create_index(op.f('ix_follow_up_card_workshop_id'), 'follow_up_card', ['workshop_id'])
    op.create_table('line_verdict',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('party', sa.Text(), nullable=False),
    sa.Column('verdict', sa.String(length=10), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("verdict in ('confirmed','contested')", name=op.f('ck_line_verdict_verdict')),
    sa.ForeignKeyConstraint(['report_id'], ['line_report.id'], name=op.f('fk_line_verdict_report_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_line_verdict_workshop_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_line_verdict')),
    sqlite_autoincrement=True,
    )
    op.create_index(op.f('ix_line_verdict_report_id'), 'line_verdict', ['report_id'])
    op.create_index(op.f('ix_line_verdict_workshop_id'), 'line_verdict', ['workshop_id'])
    op.create_table('verdict_paper',
    sa.Column('look_back_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('on', sa.String(length=40), nullable=False),
    sa.Column('group', sa.Text(), nullable=False),
    sa.Column('verdict', sa.String(length=12), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.CheckConstraint("verdict in ('kept','partly','not_kept','cannot_say')", name=op.f('ck_verdict_paper_verdict')),
    sa.ForeignKeyConstraint(['look_back_id'], ['look_back.id'], name=op.f('fk_verdict_paper_look_back_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_verdict_paper_workshop_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('look_back_id', 'key', name=op.f('pk_verdict_paper')),
    sqlite_with_rowid=False
    )
    op.create_index(op.f('ix_verdict_paper_workshop_id'), 'verdict_paper', ['workshop_id'])
    op.create_table('follow_up_link',
    sa.Column('token_id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=12), nullable=False),
    sa.Column('on', sa.String(length=40), nullable=True),
    sa.Column('party', sa.Text(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('address', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('follows_id', sa.Integer(), nullable=True),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("role in ('receiver','steward','panel')", name=op.f('ck_follow_up_link_role')),
    sa.CheckConstraint("state in ('active','offered','refused')", name=op.f('ck_follow_up_link_state')),
    sa.ForeignKeyConstraint(['follows_id'], ['token.id'], name=op.f('fk_follow_up_link_follows_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['token_id'], ['token.id'], name=op.f('fk_follow_up_link_token_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_follow_up_link_workshop_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('token_id', name=op.f('pk_follow_up_link'))
    )
    op.create_index(op.f('ix_follow_up_link_on'), 'follow_up_link', ['on'])
    op.create_index(op.f('ix_follow_up_link_workshop_id'), 'follow_up_link', ['workshop_id'])
    op.create_table('receiver_answer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('on', sa.String(length=40), nullable=False),
    sa.Column('link_id', sa.Integer(), nullable=True),
    sa.Column('by_body', sa.Text(), nullable=False),
    sa.Column('answer', sa.String(length=20), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('date', sa.Date(), nullable=True),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['link_id'], ['token.id'], name=op.f('fk_receiver_answer_link_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_receiver_answer_workshop_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_receiver_answer')),
    sqlite_autoincrement=True,
    )
    op.create_index(op.f('ix_receiver_answer_on'), 'receiver_answer', ['on'])
    op.create_index(op.f('ix_receiver_answer_workshop_id'), 'receiver_answer', ['workshop_id'])
    op.create_index('ix_receiver_answer_workshop_id_on', 'receiver_answer', ['workshop_id', 'on'])
    op.add_column('participant', sa.Column('has_card', sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade():
    op.drop_column('participant', 'has_card')
    op.drop_table('receiver_answer')
    op.drop_table('follow_up_link')
    op.drop_table('verdict_paper')
    op.drop_table('line_verdict')
    op.drop_table('follow_up_card')
    op.drop_table('postponement')
    op.drop_table('path_step')
    op.drop_table('overdue_correction')
    op.drop_table('look_back')
    op.drop_table('line_report')
    op.drop_table('handover')
    op.drop_table('follow_up_report')
    op.drop_table('follow_up_date')
    op.drop_table('ended_agreement')
