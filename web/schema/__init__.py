"""The tables: what Piccolo is told of them, how they are brought up to date, whether they are."""
