"""How a migration reaches the database: by the settings, in one transaction."""

import psycopg
from alembic import context
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool
from sqlmodel import SQLModel

import models.readmodel.board_tallies
import models.readmodel.figure_tallies
import models.store.account_tables
import models.store.assessment_tables
import models.store.channel_tables
import models.store.document_tables
import models.store.drive_tables
import models.store.inspection_tables
import models.store.lead_tables
import models.store.pulses
import models.store.review_tables
import models.store.tables
import models.store.trace_tables
import models.store.veil_tables  # noqa: F401 - importing them fills the metadata
from runtime.settings import Settings

# The driver takes the address apart, which may be written in more ways than one. One connection is enough, and is closed when that is done.
engine = create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(Settings().owner_url), poolclass=NullPool)
with engine.begin() as connection:
    context.configure(connection=connection, target_metadata=SQLModel.metadata)
    with context.begin_transaction():
        context.run_migrations()
