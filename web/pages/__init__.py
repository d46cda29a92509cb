"""See: HTML over HTTP, one module per noun in the address."""
