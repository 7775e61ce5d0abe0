"""no interim mood: nothing is shown of an open vote but its turnout"""

from alembic import op
import sqlalchemy as sa

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None


def upgrade():
    op.drop_column('ballot', 'interim')


def downgrade():
    op.add_column('ballot', sa.Column('interim', sa.JSON(none_as_null=True), nullable=True))
