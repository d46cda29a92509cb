"""Normalizes words and numbers that are written in several ways, for search."""
