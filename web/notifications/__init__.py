"""Tell: messages to people, after the fact."""
