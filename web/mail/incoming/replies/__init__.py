"""The text of a reply, cut for reading: without the history and the signature below what is new."""
