"""words: corrections of the language, the version that took an amendment in, support for an idea"""

import json

from alembic import op
import sqlalchemy as sa

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade():
    # Columns that may be empty or have a default are added in place on both databases: no table is copied.
    op.add_column('amendment', sa.Column('sort', sa.String(length=10), server_default='change', nullable=False))
    op.add_column('amendment', sa.Column('proposed_by', sa.String(length=40), nullable=True))
    op.add_column('amendment', sa.Column('in_version', sa.Integer(), nullable=True))
    op.add_column('text_version', sa.Column('confirmed_by', sa.String(length=12), nullable=True))
    op.create_table('idea_support',
    sa.Column('idea_id', sa.Integer(), nullable=False),
    sa.Column('participant_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['idea_id'], ['idea.id'], name=op.f('fk_idea_support_idea_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_idea_support_participant_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('idea_id', 'participant_id', name=op.f('pk_idea_support')),
    sqlite_with_rowid=False
    )
    op.create_index(op.f('ix_idea_support_participant_id'), 'idea_support', ['participant_id'], unique=False)
    _say_which_version_took_them_in()


def _say_which_version_took_them_in():
    """Of an amendment accepted before there was a column for it: of the versions after it that changed its field for that
    cause, the first that gave it the words it proposed; else the first with its reason, else the first."""
    connection = op.get_bind()
    accepted = connection.execute(sa.text(
        "SELECT id, \"on\", field, on_version, new, reason FROM amendment WHERE state = 'accepted' ORDER BY id"
    )).all()
    for number, subject, field, on_version, new, reason in accepted:
        versions = connection.execute(sa.text(
            "SELECT version, changed, content, reason FROM text_version"
            " WHERE subject = :subject AND version > :version AND cause = 'amendment' ORDER BY version"
        ), {'subject': subject, 'version': on_version}).all()
        fitting = [row for row in versions if field in _read(row.changed)]
        fitting.sort(key=lambda row: (_shown(_read(row.content).get(field)) != new, row.reason != reason, row.version))
        if fitting:
            connection.execute(
                sa.text("UPDATE amendment SET in_version = :version WHERE id = :id"),
                {'version': fitting[0].version, 'id': number},
            )


def _read(value):
    """A JSON column: text on SQLite, already read on PostgreSQL."""
    return json.loads(value) if isinstance(value, (str, bytes)) else value


def _shown(value):
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def downgrade():
    op.drop_table('idea_support')
    op.drop_column('text_version', 'confirmed_by')
    op.drop_column('amendment', 'in_version')
    op.drop_column('amendment', 'proposed_by')
    op.drop_column('amendment', 'sort')
