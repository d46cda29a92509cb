"""Service levels: targets, policies, deadlines, and their settings."""
