"""decided goals: a decision on an agreement is bound to the wording of the goals it serves"""

from alembic import op
import sqlalchemy as sa

revision = '0016'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade():
    # A column that may be empty is added in place on both databases. Earlier decisions keep it empty: they were taken by the
    # first version of the fingerprint and stand by it.
    op.add_column('decision', sa.Column('goals', sa.JSON(none_as_null=True), nullable=True))


def downgrade():
    op.drop_column('decision', 'goals')
