"""Beginnings of tickets: drafts, submission, first contact."""
