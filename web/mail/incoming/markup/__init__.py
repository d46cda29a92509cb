"""Sanitizes the HTML of a mail: its meaning is kept, its looks are dropped, nothing is loaded from outside."""
