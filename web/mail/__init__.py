"""E-mail: outgoing messages, and incoming mail as replies and tickets."""
