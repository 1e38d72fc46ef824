"""What the law says, written out for people, and what a change of it would move."""
