"""Shared terminals in lobbies, cleared after each visitor, and tickets followed by a code without signing in."""
