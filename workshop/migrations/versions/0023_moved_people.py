"""when a person last changed group: two votes on one question may differ by those who did"""

from alembic import op
import sqlalchemy as sa

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('participant', sa.Column('moved_at', sa.DateTime(timezone=True), nullable=True))


def downgrade():
    op.drop_column('participant', 'moved_at')
