"""A process that was asked to stop has ended by its grace, however busy it is."""

import subprocess
import sys
import time

from runtime.heartbeat import GRACE_S

# Nothing of it ever comes to an end: the loop is held up, and the threads that work for it are as well.
BUSY = f"""
import asyncio, threading
from runtime.heartbeat import end_soon

def turn():
    while True:
        pass

async def work():
    for _ in range(4):
        threading.Thread(target=turn).start()
    end_soon({GRACE_S / 5})
    turn()

asyncio.run(work())
"""


def test_whoever_is_busy_when_asked_to_stop_ends_within_the_grace_all_the_same() -> None:
    began = time.monotonic()
    ended = subprocess.run([sys.executable, "-c", BUSY], check=False, timeout=60)
    assert ended.returncode == 0
    assert time.monotonic() - began < 30, "it ended by itself, not because somebody lost patience"
