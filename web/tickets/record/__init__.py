"""The records of a ticket, and the one transition that changes it."""
