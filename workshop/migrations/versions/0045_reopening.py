"""reopening: a new version of an agreement beside the one in force, and what its parties say to it"""

from alembic import op
import sqlalchemy as sa

revision = '0045'
down_revision = '0044'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('reopening',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('on', sa.String(length=40), nullable=False),
    sa.Column('from_version', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('content', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('decision_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("state in ('draft','deciding','carried','not_carried','withdrawn')", name=op.f('ck_reopening_state')),
    sa.ForeignKeyConstraint(['decision_id'], ['decision.id'], name=op.f('fk_reopening_decision_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_reopening_workshop_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reopening')),
    sqlite_autoincrement=True,
    )
    for name in ('decision_id', 'on', 'workshop_id'):
        op.create_index(op.f(f'ix_reopening_{name}'), 'reopening', [name])
    op.create_table('party_word',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('on', sa.String(length=40), nullable=False),
    sa.Column('reopening_id', sa.Integer(), nullable=False),
    sa.Column('party', sa.Text(), nullable=False),
    sa.Column('accepted', sa.Boolean(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['reopening_id'], ['reopening.id'], name=op.f('fk_party_word_reopening_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_party_word_workshop_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_party_word')),
    sqlite_autoincrement=True,
    )
    for name in ('reopening_id', 'workshop_id'):
        op.create_index(op.f(f'ix_party_word_{name}'), 'party_word', [name])


def downgrade():
    op.drop_table('party_word')
    op.drop_table('reopening')
