"""Memory: what a process holds (keys, tokens, what people said) is left on no disk when it dies, and read by no neighbour while it lives."""

import ctypes
import resource
import sys

# prctl(2): whether this process may be dumped, and be looked into by other processes of its account (root may still).
PR_SET_DUMPABLE = 4


def keep_to_ourselves() -> None:
    """Forbid core dumps, ours and those of whatever we start, for good; on Linux also that another process reads our memory or environment."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        # The limit alone does not stop a core that the kernel hands to a program (core_pattern with a pipe).
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
