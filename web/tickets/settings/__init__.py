"""Settings of tickets: teams, categories, topics, fields, workflows."""
