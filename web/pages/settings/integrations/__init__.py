"""Other systems: the keys they come in by, and the webhooks that tell them what happens."""
