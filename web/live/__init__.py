"""Live updates: open pages are told within two seconds which topics changed, and then request them."""
