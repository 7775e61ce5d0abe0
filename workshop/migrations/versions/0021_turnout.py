"""turnout: a record of its own for each vote that is open"""

from alembic import op
import sqlalchemy as sa

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('turnout',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('seq', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('subject', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_turnout_workshop_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_turnout')),
    sa.UniqueConstraint('subject', name=op.f('uq_turnout_subject')),
    sqlite_autoincrement=True
    )
    op.create_index(op.f('ix_turnout_workshop_id'), 'turnout', ['workshop_id'])
    for vote in ('ballot', 'decision'):
        op.execute(
            f"INSERT INTO turnout (seq, workshop_id, subject) "
            f"SELECT seq, workshop_id, '{vote}:' || id FROM {vote} WHERE state = 'open' ORDER BY id"
        )


def downgrade():
    op.drop_table('turnout')
