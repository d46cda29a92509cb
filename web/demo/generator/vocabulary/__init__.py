"""Texts and names of generated people, varied as search needs them."""
