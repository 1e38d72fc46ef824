"""The inspections, one file each: whoever defines one in a module here has had every open matter of its kinds inspected by it."""
