"""Pages in frames of other sites, for a visitor."""
