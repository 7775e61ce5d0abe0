"""withdrawn record: when a record was taken back, and why"""

from alembic import op
import sqlalchemy as sa

revision = '0042'
down_revision = '0041'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('workshop', sa.Column('record_withdrawn_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('workshop', sa.Column('record_withdrawn_reason', sa.Text(), server_default='', nullable=False))


def downgrade():
    for name in ('record_withdrawn_reason', 'record_withdrawn_at'):
        op.drop_column('workshop', name)
