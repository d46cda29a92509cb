"""People, organizations, teams, and authentication."""
