"""What people and time do to a ticket, one noun a module."""
