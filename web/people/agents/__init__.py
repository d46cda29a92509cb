"""Agents: their teams, the words below their replies, and when they are away."""
