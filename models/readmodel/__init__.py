"""What is read: lists, boards, timelines, searches, as the JSON that PostgreSQL wrote."""
