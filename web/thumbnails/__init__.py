"""Small pictures of stored ones, made the first time that somebody looks at them and kept beside them."""
