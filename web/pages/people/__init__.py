"""Pages of the directory: people and organizations, as agents see and change them."""
