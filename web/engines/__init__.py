"""The engines of Piccolo: one for each database, and what both know of a statement."""
