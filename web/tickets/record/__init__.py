"""What is written about a ticket, and the one transition that changes it."""
