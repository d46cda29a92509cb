"""Help centres that leads bring in by page: kept as they came, tried out, and brought in by the worker."""
