"""follow-up: mails that were sent, and who asked to be told"""

from alembic import op
import sqlalchemy as sa

revision = '0043'
down_revision = '0042'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('outbox',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('address_hash', sa.String(length=64), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('state', sa.String(length=8), nullable=False),
    sa.Column('subject', sa.Text(), nullable=False),
    sa.Column('told', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('claimed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('again_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("kind in ('reminder','news','confirmation')", name=op.f('ck_outbox_kind')),
    sa.CheckConstraint("state in ('claimed','sent','perhaps','refused','waiting')", name=op.f('ck_outbox_state')),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_outbox_workshop_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox')),
    sa.UniqueConstraint('workshop_id', 'kind', 'address_hash', 'day', name='uq_outbox_key'),
    sqlite_autoincrement=True,
    )
    op.create_index(op.f('ix_outbox_workshop_id'), 'outbox', ['workshop_id'])
    op.create_index(op.f('ix_outbox_address_hash'), 'outbox', ['address_hash'])
    op.create_table('subscription',
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('address', sa.Text(), nullable=False),
    sa.Column('language', sa.String(length=5), nullable=False),
    sa.Column('asked_on', sa.Date(), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sealed_token', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_subscription_workshop_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('token_hash', name=op.f('pk_subscription')),
    sa.UniqueConstraint('workshop_id', 'address', name='uq_subscription_address'),
    sqlite_with_rowid=False,
    )
    op.create_index(op.f('ix_subscription_workshop_id'), 'subscription', ['workshop_id'])


def downgrade():
    op.drop_table('subscription')
    op.drop_table('outbox')
