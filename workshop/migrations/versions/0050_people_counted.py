"""people counted: an index by which the people of a room and of its groups are counted without reading their rows"""

from alembic import op

revision = '0050'
down_revision = '0046'
branch_labels = None
depends_on = None

NAME = 'ix_participant_workshop_id_state_group_id_seat'


def upgrade():
    op.create_index(NAME, 'participant', ['workshop_id', 'state', 'group_id', 'seat'])


def downgrade():
    op.drop_index(NAME, table_name='participant')
