"""Webhooks: notifies other systems of what happens to tickets."""
