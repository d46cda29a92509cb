"""Requester and assignee of a ticket when people join or leave."""
