"""The approval of a step (呈请审批): whose approval is awaited (`chain`), what each may do about it (`actions`), why not (`refusals`)."""
