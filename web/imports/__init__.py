"""Brings in people and organizations from a table: read apart, tried out, and written in small steps."""
