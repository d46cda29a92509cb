"""Properties of a ticket: priority, category, topic, tags, and values of fields."""
