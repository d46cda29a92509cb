"""The ticket page of the desk and its forms."""
