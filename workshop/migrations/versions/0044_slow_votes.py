"""slow votes: who takes part in a decision, those present or all who had joined"""

from alembic import op
import sqlalchemy as sa

revision = '0044'
down_revision = '0040'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('decision', sa.Column('electorate', sa.String(length=10), server_default='present', nullable=False))


def downgrade():
    op.drop_column('decision', 'electorate')
