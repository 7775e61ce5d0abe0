"""people without a phone: seats, what was written and cast by a helper, shows of hands"""

from alembic import op
import sqlalchemy as sa

revision = '0005'
down_revision = "0004"
branch_labels = None
depends_on = None

BY_HELPER = ('comment', 'participation')


def upgrade():
    # Columns that may be empty or have a default are added in place on both databases: no table is copied.
    op.add_column('participant', sa.Column('seat', sa.Integer(), nullable=True))
    op.add_column('participant', sa.Column('present', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_index('uq_participant_workshop_id_seat', 'participant', ['workshop_id', 'seat'], unique=True)
    for table in BY_HELPER:
        op.add_column(table, sa.Column('by_helper', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table('show_of_hands',
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('step_id', sa.Integer(), nullable=True),
    sa.Column('question', sa.Text(), nullable=False),
    sa.Column('rows', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('on', sa.String(length=40), nullable=True),
    sa.Column('on_version', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('seq', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['step_id'], ['step.id'], name=op.f('fk_show_of_hands_step_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_show_of_hands_workshop_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_show_of_hands')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('show_of_hands', schema=None) as batch_op:
        batch_op.create_index(op.f('ix_show_of_hands_workshop_id'), ['workshop_id'], unique=False)
        batch_op.create_index('ix_show_of_hands_workshop_id_seq', ['workshop_id', 'seq'], unique=False)


def downgrade():
    op.drop_table('show_of_hands')
    for table in BY_HELPER:
        op.drop_column(table, 'by_helper')
    op.drop_index('uq_participant_workshop_id_seat', table_name='participant')
    op.drop_column('participant', 'present')
    op.drop_column('participant', 'seat')
