"""One ticket on the desk: its page, and the forms there."""
