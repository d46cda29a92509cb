"""Generates as many tickets as one likes, for measuring."""
