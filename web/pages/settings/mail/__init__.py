"""Mail settings: mailboxes, parked mail, and previews of messages."""
