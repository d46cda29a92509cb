"""Mail that came in, screened: who wrote it, what it becomes, and what its sender is told."""
