"""Tells other systems, over HTTP, what happens to tickets."""
