"""Imports articles of another help centre in small, repeatable steps."""
