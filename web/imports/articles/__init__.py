"""Imports of help centres that leads upload."""
