"""Mail settings: mailboxes, quarantine, and previews of messages."""
