"""The forms, one file for each kind of matter."""
