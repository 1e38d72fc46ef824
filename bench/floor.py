"""The floor: the least that an update which writes one row can be. `python -m bench.floor` is its worker, in plain JSON and in clear."""

import asyncio
from datetime import timedelta

from temporalio import activity, workflow
from temporalio.client import Client
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from runtime.database import Pool, open_pool
from runtime.settings import get_settings

TASK_QUEUE = "floor"
_TABLE = "CREATE TABLE IF NOT EXISTS floor (key text PRIMARY KEY)"
_INSERT = "INSERT INTO floor (key) VALUES (%s)"


class Insert:
    """The one activity, over a pool like the product's."""

    def __init__(self, pool: Pool) -> None:
        """Insert through that pool."""
        self._pool = pool

    @activity.defn(name="insert")
    async def insert(self, key: str) -> str:
        """Write one row, committed."""
        async with self._pool.connection() as connection:
            await connection.execute(_INSERT, [key])
        return key


@workflow.defn(name="bare")
class Bare:
    """A workflow that does nothing but write a row whenever it is told to."""

    @workflow.run
    async def run(self) -> None:
        """Stay open."""
        await workflow.wait_condition(lambda: False)

    @workflow.update
    async def put(self, key: str) -> str:
        """Write a row in one local activity, as a step does."""
        return await workflow.execute_local_activity("insert", key, result_type=str, start_to_close_timeout=timedelta(seconds=5))


async def _work() -> None:
    own = get_settings()
    client = await Client.connect(own.temporal_address)
    pool = await open_pool(own.database_url, own.pool_size, "floor")
    async with pool.connection() as connection:
        await connection.execute(_TABLE)
    await Worker(
        client,
        task_queue=TASK_QUEUE,
        workflows=[Bare],
        activities=[Insert(pool).insert],
        workflow_runner=UnsandboxedWorkflowRunner(),
        max_cached_workflows=own.cached_workflows,
    ).run()


if __name__ == "__main__":
    asyncio.run(_work())
