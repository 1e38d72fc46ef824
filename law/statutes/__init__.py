"""The time limits, one file per instrument: whoever defines a TimeLimit in a module here has added it to the product."""
