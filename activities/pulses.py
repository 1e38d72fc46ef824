"""Leaving signs of life: a process whose loop turns, and which reaches the database, says so every two seconds."""

import os
import socket
from contextlib import suppress

import psycopg

from activities.timekeeper import get_timekeeper
from models.store.processes import END_PULSE, PULSE
from models.store.pulses import PULSE_S
from runtime.database import Pool
from runtime.event_loop import pause


async def pulsate(pool: Pool, process: str) -> None:
    """Leave a sign of life now and again until cancelled; whoever ends in peace takes it back."""
    me = {"process": process, "host": socket.gethostname(), "pid": os.getpid()}
    try:
        while True:
            with suppress(psycopg.Error):  # away, or full: then there is no sign
                async with pool.connection() as connection:
                    await connection.execute(PULSE, me)
                    # Who rings nothing for hours is told of a wrong clock all the same.
                    await get_timekeeper(process).read_now(connection)
            await pause(PULSE_S)
    finally:
        with suppress(psycopg.Error):
            async with pool.connection() as connection:
                await connection.execute(END_PULSE, me)
