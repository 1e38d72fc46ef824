"""The commands of louke, for people."""
