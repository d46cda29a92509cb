"""Pages in frames of other sites, as a visitor sees them."""
