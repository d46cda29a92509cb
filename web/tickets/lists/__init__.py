"""Tickets as lists, counts and reports, for one reader."""
