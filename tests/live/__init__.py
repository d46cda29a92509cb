"""What open pages are told, over real servers."""
