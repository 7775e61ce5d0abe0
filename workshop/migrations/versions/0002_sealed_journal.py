"""the journal can be published: its open part, and a sealed digest of the rest

Entries written before have no open part; their hashes were made of who did it, and stay as they are.
"""

from alembic import op
import sqlalchemy as sa

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('journal_entry', schema=None) as batch_op:
        batch_op.add_column(sa.Column('proof', sa.JSON(none_as_null=True), server_default='{}', nullable=False))
        batch_op.add_column(sa.Column('sealed', sa.String(length=64), server_default='', nullable=False))


def downgrade():
    with op.batch_alter_table('journal_entry', schema=None) as batch_op:
        batch_op.drop_column('sealed')
        batch_op.drop_column('proof')
