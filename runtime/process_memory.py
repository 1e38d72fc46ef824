"""Process memory: keys, tokens and personal data must reach neither a core dump nor another process of the same account."""

import ctypes
import resource
import sys

# prctl(2): whether this process may be dumped, and be looked into by other processes of its account (root may still).
PR_SET_DUMPABLE = 4


def keep_to_ourselves() -> None:
    """Forbid core dumps of this process and its children; on Linux also reading of its memory and environment by others."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        # The limit alone does not stop a core that the kernel hands to a program (core_pattern with a pipe).
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
