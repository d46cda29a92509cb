"""The lists of the desk: shown, filtered, saved, moved on together, taken out as files."""
