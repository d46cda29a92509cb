"""Passwords: how they are hashed, and which are refused."""
