"""The words of the help centre."""
