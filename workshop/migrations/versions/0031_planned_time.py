"""planned time: the day, the time and the place of a workshop"""

from alembic import op
import sqlalchemy as sa

revision = '0031'
down_revision = '0030'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('workshop', sa.Column('day', sa.Date(), nullable=True))
    op.add_column('workshop', sa.Column('begins', sa.String(length=5), nullable=True))
    op.add_column('workshop', sa.Column('place', sa.Text(), server_default='', nullable=False))


def downgrade():
    for name in ('place', 'begins', 'day'):
        op.drop_column('workshop', name)
