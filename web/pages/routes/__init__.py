"""Every address, its audience, and the dependencies of its handler: one module an audience."""
