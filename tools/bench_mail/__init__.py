"""Measures mail by the thousand: that arrives at once, whose fetchers are killed, and what overtakes it going out."""
