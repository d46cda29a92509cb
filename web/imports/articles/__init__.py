"""Help centres that leads bring by page."""
