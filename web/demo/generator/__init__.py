"""Generates any number of tickets for measuring."""
