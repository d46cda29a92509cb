"""Words of a ticket: its rows, conversation, log, deadlines, and deliveries."""
