"""Child processes: those that share memory with their parent, and those with limits."""
