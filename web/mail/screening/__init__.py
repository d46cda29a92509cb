"""Screening of incoming mail: who wrote it, what it becomes, and what its sender is told."""
