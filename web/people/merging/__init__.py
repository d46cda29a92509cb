"""Two accounts of one person become one, and may be parted again."""
