"""The kiosk as whoever stands at it sees it."""
