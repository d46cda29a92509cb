"""Other systems and devices: the keys and links they come in by, and the webhooks that tell them what happens."""
