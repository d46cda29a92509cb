"""The commands of `python -m web`, one noun a module."""
