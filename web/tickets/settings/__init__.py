"""What leads and administrators shape: teams, categories, topics, fields, workflows."""
