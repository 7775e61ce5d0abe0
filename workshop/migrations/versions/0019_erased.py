"""erased ideas are marked, and a ballot says which options were taken out of it"""

from alembic import op
import sqlalchemy as sa

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('idea', sa.Column('erased', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column('ballot', sa.Column('dropped', sa.JSON(none_as_null=True), server_default='[]', nullable=False))
    # Of people erased before: they have no re-entry code any more, and their ideas these words.
    op.execute(
        sa.text(
            "update idea set erased = :yes where text in ('[fjernet]', '[removed]') and participant_id in "
            "(select id from participant where reentry_hash = '')"
        ).bindparams(yes=True)
    )


def downgrade():
    op.drop_column('ballot', 'dropped')
    op.drop_column('idea', 'erased')
