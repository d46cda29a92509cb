"""How people come to an organization, and how they go."""
