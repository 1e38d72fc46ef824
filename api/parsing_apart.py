"""Work on an uploaded file in a process of its own, which is killed when it takes too long or whoever waits for it leaves.

A small hostile file can cost hours of CPU or more memory than the machine has; the limits of that process contain the damage.
"""

import sys
from asyncio.subprocess import DEVNULL, PIPE, Process, create_subprocess_exec
from contextlib import suppress

import anyio


def limit_resources(cpu_s: int, memory: int) -> None:
    """Let this process use no more than so many seconds of CPU and bytes of address space."""
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s + 1))
    with suppress(ValueError, OSError):  # macOS cannot limit the address space; the CPU limit still holds
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


async def run_apart(module: str, data: bytes, within_s: float) -> bytes:
    """What `python -m module` writes to stdout when given that on stdin; empty where it crashed, hit a limit, or took longer."""
    process = await create_subprocess_exec(sys.executable, "-m", module, stdin=PIPE, stdout=PIPE, stderr=DEVNULL)
    try:
        with anyio.move_on_after(within_s):
            output, _ = await process.communicate(data)
            return output if process.returncode == 0 else b""
        return b""
    finally:
        await _kill(process)


async def _kill(process: Process) -> None:
    if process.returncode is None:
        process.kill()
        with anyio.CancelScope(shield=True):
            await process.wait()
