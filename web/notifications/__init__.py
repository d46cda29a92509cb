"""Notifications: who is notified of which event, notices on pages, and the queue of messages."""
