"""The kiosk in the lobby, and pages to follow one ticket by its code."""
