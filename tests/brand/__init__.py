"""The brand: its accent, its pictures, and what every process caches of it."""
