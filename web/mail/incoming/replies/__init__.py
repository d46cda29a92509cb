"""Cuts the text of a reply down to what is new, without history and signature."""
