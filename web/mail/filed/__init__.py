"""What mail becomes by the moves of a page, and what its sender is told."""
