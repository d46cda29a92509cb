"""The kiosk in the lobby, and the pages on which anybody follows one ticket by its code."""
