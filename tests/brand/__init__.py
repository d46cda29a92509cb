"""The place: its accent, its pictures, and what every process knows of it."""
