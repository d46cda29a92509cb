"""Tells open pages within two seconds what changed: topics alone; the pages then ask."""
