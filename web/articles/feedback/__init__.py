"""Feedback of readers on articles, and what authors learn from it."""
