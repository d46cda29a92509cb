"""The rules of a ticket's life, pure: moves, workflows, timeline."""
