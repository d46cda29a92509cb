"""HTML over HTTP, one module for each noun in the addresses."""
