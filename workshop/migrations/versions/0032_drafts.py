"""drafts: what an editor has saved of a text and the room has not been shown"""

from alembic import op
import sqlalchemy as sa

revision = '0032'
down_revision = '0031'
branch_labels = None
depends_on = None

TEXTS = ('goal', 'agreement')
BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade():
    for table in TEXTS:
        op.add_column(table, sa.Column('draft_version', sa.Integer(), nullable=True))
        op.add_column(table, sa.Column('draft_content', sa.JSON(), nullable=True))
        op.add_column(table, sa.Column('draft_at', sa.DateTime(timezone=True), nullable=True))
        op.add_column(table, sa.Column('draft_checks', sa.JSON(), nullable=True))
        op.add_column(table, sa.Column('room_seq', BIG, server_default='0', nullable=False))
        op.create_index(f'ix_{table}_draft_at', table, ['draft_at'], unique=False)
        op.execute(f'UPDATE {table} SET room_seq = seq')


def downgrade():
    # What was being written is the newest wording again, as it was before.
    for table in TEXTS:
        op.execute(
            f'UPDATE {table} SET version = draft_version, content = draft_content, checks = coalesce(draft_checks, checks) '
            'WHERE draft_version IS NOT NULL'
        )
        op.drop_index(f'ix_{table}_draft_at', table_name=table)
        for name in ('room_seq', 'draft_checks', 'draft_at', 'draft_content', 'draft_version'):
            op.drop_column(table, name)
