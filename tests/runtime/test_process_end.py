"""A process that has nothing left to do ends, whatever would be held up by taking its interpreter apart."""

import subprocess
import sys
from pathlib import Path

import pytest

# As a thread of a library that still wants the interpreter when it is no more: whoever waits for it waits for ever.
_HELD_UP = """
import threading, cli
class HeldUp:
    def __del__(self, event=threading.Event()): event.wait()
cli.held = HeldUp()
cli.main()
"""


def ended(*arguments: str, into: str = "/dev/null") -> int:
    with Path(into).open("w") as out:
        command = [sys.executable, "-c", _HELD_UP, *arguments]
        return subprocess.run(
            command, stdout=out, stderr=subprocess.DEVNULL, timeout=60, check=False, cwd=Path(__file__).parents[2]
        ).returncode


def test_a_command_ends_with_its_own_status_though_something_would_hold_it_up() -> None:
    assert (ended("--help"), ended("no-such-command")) == (0, 2)


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/full is a device of Linux")
def test_a_command_whose_answer_finds_no_room_does_not_end_well() -> None:
    assert ended("--help", into="/dev/full") != 0
