"""Live updates of open pages, over real servers."""
