"""open votes: how a vote is held, papers by name, and asking a small group

Votes from before were secret; their terms stand in the journal without a word of it and stay as they are.
"""

from alembic import op
import sqlalchemy as sa

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('named_paper',
    sa.Column('subject', sa.String(length=40), nullable=False),
    sa.Column('participant_id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('group', sa.Text(), nullable=False),
    sa.Column('content', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=True),
    sa.Column('keep', sa.Boolean(), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=True),
    sa.Column('sealed_name', sa.String(length=64), nullable=True),
    sa.Column('name_salt', sa.String(length=32), nullable=True),
    sa.Column('sealed_reason', sa.String(length=64), nullable=True),
    sa.Column('reason_salt', sa.String(length=32), nullable=True),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_named_paper_participant_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_named_paper_workshop_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('subject', 'participant_id', name=op.f('pk_named_paper'))
    )
    op.create_index(op.f('ix_named_paper_workshop_id'), 'named_paper', ['workshop_id'])
    # Columns with a constant default are added in place on both databases: no table is copied.
    for table in ('ballot', 'decision'):
        op.add_column(table, sa.Column('openness', sa.JSON(none_as_null=True), server_default='{}', nullable=False))
    op.add_column('group', sa.Column('asked_openly', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column('participant', sa.Column('agrees_openly', sa.Boolean(), nullable=True))


def downgrade():
    op.drop_column('participant', 'agrees_openly')
    op.drop_column('group', 'asked_openly')
    for table in ('decision', 'ballot'):
        op.drop_column(table, 'openness')
    op.drop_index(op.f('ix_named_paper_workshop_id'), table_name='named_paper')
    op.drop_table('named_paper')
