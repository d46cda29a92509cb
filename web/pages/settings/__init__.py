"""Pages of settings, for leads and administrators."""
