"""How a migration reaches the database: by the settings, in one transaction."""

from alembic import context
from sqlalchemy import create_engine
from sqlmodel import SQLModel

import models.account_tables
import models.paper_tables
import models.pulses
import models.tables
import models.tallies  # noqa: F401 - importing them fills the metadata
from runtime.settings import Settings

url = Settings().owner_url.replace("postgresql://", "postgresql+psycopg://", 1)
with create_engine(url).begin() as connection:
    context.configure(connection=connection, target_metadata=SQLModel.metadata)
    with context.begin_transaction():
        context.run_migrations()
