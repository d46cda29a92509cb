"""What generated people say and are called: varied, as search needs it."""
