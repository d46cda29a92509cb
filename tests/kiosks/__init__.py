"""Kiosks below their pages."""
