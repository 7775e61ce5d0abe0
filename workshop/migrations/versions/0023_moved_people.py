"""when a person last changed group, and the ground rules as they were before a round about them began anew"""

from alembic import op
import sqlalchemy as sa

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('participant', sa.Column('moved_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('consent', sa.Column('words_before', sa.Text(), nullable=True))


def downgrade():
    op.drop_column('consent', 'words_before')
    op.drop_column('participant', 'moved_at')
