"""Words of a ticket: its rows, its conversation, its log, its deadlines, and how far its messages got."""
