"""The help centre for readers, signed in or not."""
