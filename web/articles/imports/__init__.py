"""Brings in articles from elsewhere: read from files, and written in small steps that can be repeated."""
