"""Merges two accounts of one person, and undoes merges."""
