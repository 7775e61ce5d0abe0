"""filed record: which records were taken for the archive, so that a later one names what it adds to"""

from alembic import op
import sqlalchemy as sa

revision = '0046'
down_revision = '0045'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('filed_record',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_filed_record_workshop_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_filed_record')),
    sa.UniqueConstraint('workshop_id', 'sha256', name=op.f('uq_filed_record_workshop_id_sha256')),
    sqlite_autoincrement=True,
    )
    op.create_index(op.f('ix_filed_record_workshop_id'), 'filed_record', ['workshop_id'])


def downgrade():
    op.drop_table('filed_record')
