"""JSON over HTTP for robots, through the same reads and moves as the pages."""
