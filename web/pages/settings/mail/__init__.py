"""Mail of the desk: mailboxes, what waits for a person, and what messages look like."""
