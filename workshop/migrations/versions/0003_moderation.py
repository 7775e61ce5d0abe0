"""moderation: reasons that are kept, and asking again"""

from alembic import op
import sqlalchemy as sa

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('hiding',
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('seq', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('record', sa.String(length=40), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_hiding_workshop_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('workshop_id', 'seq', name=op.f('pk_hiding'))
    )
    # A column that may be empty is added in place on both databases: no table is copied.
    op.add_column('idea', sa.Column('asked_again', sa.Text(), nullable=True))


def downgrade():
    op.drop_column('idea', 'asked_again')
    op.drop_table('hiding')
