"""Words of the help centre."""
