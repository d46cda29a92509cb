"""Whose a ticket is: who asked for it, and who holds it, as people come and go."""
