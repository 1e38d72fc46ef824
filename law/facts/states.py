"""States of things, by the ids of the fact that begins each and of the fact that ends it; None: nothing ends it."""

State = tuple[str, str | None]
MINOR: State = ("person.found-minor", "person.found-adult")
FEMALE_MINOR: State = ("person.found-female-minor", "person.found-adult")
SEALED: State = ("file.sealed", "file.unsealed")
FAST: State = ("case.fast-handling-chosen", "case.fast-handling-left")
