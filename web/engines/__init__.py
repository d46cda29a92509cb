"""Piccolo engines, one for each database, and what both know about a statement."""
