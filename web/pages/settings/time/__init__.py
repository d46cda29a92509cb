"""Calendars, days that differ, and targets: what leads say about time."""
