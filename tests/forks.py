"""Processes of ours that are forked from one which has loaded the house: what is tried is what they do, and not how long it takes to load."""

import multiprocessing
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from multiprocessing.process import BaseProcess
from pathlib import Path

import api.app
import watchdog.watch
import worker
from cli import main

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload([__name__])
# What the commands load once they are given.
_LOADED = (api.app, watchdog.watch, worker)
_ROOT = Path(__file__).parent.parent


def _obey(words: Sequence[str], environment: Mapping[str, str], said: Path) -> None:
    with said.open("wb") as file:
        for stream in (1, 2):
            os.dup2(file.fileno(), stream)
    os.chdir(_ROOT)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["louke", *words]
    main()


class Command:
    """A command of ours under way."""

    def __init__(self, words: Sequence[str], environment: Mapping[str, str]) -> None:
        """Give these words to `louke`, in that environment and no other."""
        with tempfile.NamedTemporaryFile(delete=False) as file:
            self._said = Path(file.name)
        self._process: BaseProcess = FORKS.Process(target=_obey, args=(words, dict(environment), self._said))
        self._process.start()

    def ended(self) -> tuple[int | None, str]:
        """Its status, and all that it said on its way, once it has ended."""
        self._process.join()
        said = self._said.read_text("utf-8")
        self._said.unlink()
        return self._process.exitcode, said
