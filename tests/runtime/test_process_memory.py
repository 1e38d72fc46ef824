"""What a process has in its memory is left on no disk and read by no neighbour."""

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

# What a command is like once it has begun: its limit, whether it may be dumped, and what its child has.
LOOK = """
import ctypes, resource, subprocess, sys
import cli
sys.argv = ["louke", "keys"]
cli.app, cli.end = lambda: None, lambda status: None
cli.main()
dumpable = ctypes.CDLL(None).prctl(3, 0, 0, 0, 0) if sys.platform == "linux" else 0
child = subprocess.run([sys.executable, "-c", "import resource; print(resource.getrlimit(resource.RLIMIT_CORE))"], capture_output=True, text=True)
print(resource.getrlimit(resource.RLIMIT_CORE), dumpable, child.stdout.strip())
"""
DIE = "import os, resource; from runtime.process_memory import keep_to_ourselves; keep_to_ourselves(); os.abort()"


def test_every_command_forbids_that_it_or_what_it_starts_is_dumped() -> None:
    said = subprocess.run([sys.executable, "-c", LOOK], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert said.split("\n")[-2] == "(0, 0) 0 (0, 0)"


def test_a_process_that_dies_leaves_nothing_of_its_memory(tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    child = os.posix_spawn(
        "/bin/sh", ["sh", "-c", f'cd "{tmp_path}"; ulimit -S -c $(ulimit -H -c); exec "{sys.executable}" -c "{DIE}"'], environment
    )
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status)
    assert not os.WCOREDUMP(status)
    assert list(tmp_path.iterdir()) == []
