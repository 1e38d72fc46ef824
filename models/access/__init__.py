"""Who may see and act: the scope of an office, what it reads, what is sealed, who stands in for whom."""
