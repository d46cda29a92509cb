"""Imports of people and organizations from a table, whose columns are matched and lines validated."""
