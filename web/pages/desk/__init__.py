"""Pages of agents: the lists of the desk, and a ticket to work on."""
