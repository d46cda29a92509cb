"""Thumbnails of stored pictures, made when first requested and then stored."""
