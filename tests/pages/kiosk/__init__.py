"""The kiosk, for people who stand at it."""
