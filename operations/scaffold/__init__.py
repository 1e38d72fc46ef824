"""`louke new …`: the files that a limit, a step, an outside system, an inspection or a kind of matter begins with, running from the start."""
