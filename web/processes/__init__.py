"""Processes of ours: those that share what was loaded before they were forked, and those with limits."""
