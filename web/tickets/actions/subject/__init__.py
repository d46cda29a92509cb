"""What a ticket is about: its priority, category, topic and tags, and what it has in fields."""
