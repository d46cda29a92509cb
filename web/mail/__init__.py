"""Speak: the same conversation by mail."""
