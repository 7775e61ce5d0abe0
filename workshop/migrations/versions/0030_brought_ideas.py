"""brought ideas: where an idea comes from that nobody in the room wrote"""

from alembic import op
import sqlalchemy as sa

revision = '0030'
down_revision = '0023'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('idea', sa.Column('source', sa.Text(), nullable=True))


def downgrade():
    op.drop_column('idea', 'source')
