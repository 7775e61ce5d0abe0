"""balance: who has had an idea in view, who was there over the day, and the interim mood of a ballot"""

from alembic import op
import sqlalchemy as sa

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('idea_view',
    sa.Column('idea_id', sa.Integer(), nullable=False),
    sa.Column('participant_id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['idea_id'], ['idea.id'], name=op.f('fk_idea_view_idea_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_idea_view_participant_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_idea_view_workshop_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('idea_id', 'participant_id', name=op.f('pk_idea_view')),
    sqlite_with_rowid=False
    )
    op.create_index(op.f('ix_idea_view_participant_id'), 'idea_view', ['participant_id'])
    op.create_index(op.f('ix_idea_view_workshop_id'), 'idea_view', ['workshop_id'])
    op.create_table('attendance',
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('step_id', sa.Integer(), nullable=True),
    sa.Column('counts', sa.JSON(none_as_null=True), nullable=False),
    sa.ForeignKeyConstraint(['step_id'], ['step.id'], name=op.f('fk_attendance_step_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_attendance_workshop_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('workshop_id', 'at', name=op.f('pk_attendance'))
    )
    # A column that may be empty is added in place on both databases: no table is copied.
    op.add_column('ballot', sa.Column('interim', sa.JSON(none_as_null=True), nullable=True))


def downgrade():
    op.drop_column('ballot', 'interim')
    op.drop_table('attendance')
    op.drop_table('idea_view')
