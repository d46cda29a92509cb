"""What each command of `python -m web` does, one noun a module."""
