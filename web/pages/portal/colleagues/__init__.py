"""The members of an organization, for its managers: permissions and ways to join."""
