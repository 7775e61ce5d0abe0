"""labels: whether groups are named on what their people write, and whether a text takes amendments"""

from alembic import op
import sqlalchemy as sa

revision = '0018'
down_revision = '0016'
branch_labels = None
depends_on = None


def upgrade():
    # Columns with a default of the server are added in place on both databases: no table is copied.
    op.add_column('workshop', sa.Column('group_labels', sa.Boolean(), server_default=sa.true(), nullable=False))
    for table in ('goal', 'agreement'):
        op.add_column(table, sa.Column('takes_amendments', sa.Boolean(), server_default=sa.true(), nullable=False))


def downgrade():
    for table in ('agreement', 'goal'):
        op.drop_column(table, 'takes_amendments')
    op.drop_column('workshop', 'group_labels')
