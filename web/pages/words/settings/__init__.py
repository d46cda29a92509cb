"""Words of the settings, of their log and of their index."""
