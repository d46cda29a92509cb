"""Shared terminals in lobbies: bound to a place, used by anybody, and cleared after each visit."""
