"""The demonstration: a small believable one for a first start, and a large one for measuring."""
