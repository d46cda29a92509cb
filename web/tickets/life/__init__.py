"""The rules of a ticket's life, without input or output: moves, workflows, timeline."""
