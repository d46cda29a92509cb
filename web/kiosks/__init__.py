"""Shared terminals in lobbies: bound to a place, used by whoever comes by, and cleared after each."""
