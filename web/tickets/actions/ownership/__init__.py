"""Requester and assignee of a ticket, as people come and go."""
