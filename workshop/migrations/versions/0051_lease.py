"""lease: which of several processes carries out a workshop's commands"""

import sqlalchemy as sa
from alembic import op

revision = '0051'
down_revision = '0050'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        'lease',
        sa.Column('workshop_id', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('holder', sa.String(length=32), nullable=False),
        sa.Column('until', sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint('workshop_id', name=op.f('pk_lease')),
    )
    if op.get_bind().dialect.name == 'postgresql':
        # Renewed each second, and worth nothing after a crash: no commit has to wait for the disk.
        op.execute('ALTER TABLE lease SET UNLOGGED')


def downgrade():
    op.drop_table('lease')
