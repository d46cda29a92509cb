"""Shared by all pages: rendering, forms, sessions, guards, errors."""
