"""Mailboxes of the desk, for reading and sending, set by the operator or by administrators."""
