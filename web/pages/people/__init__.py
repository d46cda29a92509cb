"""The directory of people and organizations for agents."""
