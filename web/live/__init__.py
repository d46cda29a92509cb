"""What changes is told to open pages within two seconds: topics alone, and the pages then ask."""
