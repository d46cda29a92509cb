"""Pages of agents: the lists of the desk, and the ticket page."""
