"""What pages and the API share of HTTP: bodies, headers, downloads. No HTML."""
