"""The HTML of a mail, cleaned: what it means is kept, what it looks like is not, nothing is fetched from outside."""
