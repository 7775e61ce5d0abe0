"""panel: questions, answers to them, and statements"""

from alembic import op
import sqlalchemy as sa

revision = '0041'
down_revision = '0040'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('panel_question',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('on', sa.String(length=40), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_panel_question_workshop_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_panel_question')),
    sqlite_autoincrement=True,
    )
    op.create_index(op.f('ix_panel_question_on'), 'panel_question', ['on'])
    op.create_index(op.f('ix_panel_question_workshop_id'), 'panel_question', ['workshop_id'])
    op.create_table('panel_statement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('on', sa.String(length=40), nullable=True),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_panel_statement_workshop_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_panel_statement')),
    sqlite_autoincrement=True,
    )
    op.create_index(op.f('ix_panel_statement_workshop_id'), 'panel_statement', ['workshop_id'])
    op.create_table('panel_answer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('question_id', sa.Integer(), nullable=False),
    sa.Column('by', sa.Text(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['question_id'], ['panel_question.id'], name=op.f('fk_panel_answer_question_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_panel_answer_workshop_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_panel_answer')),
    sqlite_autoincrement=True,
    )
    op.create_index(op.f('ix_panel_answer_question_id'), 'panel_answer', ['question_id'])
    op.create_index(op.f('ix_panel_answer_workshop_id'), 'panel_answer', ['workshop_id'])


def downgrade():
    op.drop_table('panel_answer')
    op.drop_table('panel_statement')
    op.drop_table('panel_question')
