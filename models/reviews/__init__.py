"""Case review (案件评查): its checklists, how files are drawn, how they are scored. Pure."""
