"""Assessment of law enforcement (执法质量考评): what is counted, how it is weighed, and what may never be. Pure: it reads and writes nothing."""
