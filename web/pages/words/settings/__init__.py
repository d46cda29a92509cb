"""The words of the settings: of time, of the log, of the index."""
