"""places: rows that people order stand at fractions, so that a move changes one of them"""

from alembic import op
import sqlalchemy as sa

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None

TABLES = ('idea', 'theme', 'step', 'goal', 'agreement')


def upgrade():
    # SQLite keeps a fraction in a column of whole numbers as it is: no table is copied.
    if op.get_bind().dialect.name != 'sqlite':
        for table in TABLES:
            op.alter_column(table, 'position', type_=sa.Double(), existing_type=sa.Integer(), existing_nullable=False)


def downgrade():
    for table in TABLES:
        # Rounding would lay rows on one place: they are numbered in their order.
        op.execute(
            f'UPDATE {table} SET position = numbered.place FROM (SELECT id, row_number() OVER '
            f'(PARTITION BY workshop_id ORDER BY position, id) - 1 AS place FROM {table}) AS numbered '
            f'WHERE {table}.id = numbered.id'
        )
        if op.get_bind().dialect.name != 'sqlite':
            op.alter_column(table, 'position', type_=sa.Integer(), existing_type=sa.Double(), existing_nullable=False)
