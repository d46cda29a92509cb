"""Mailboxes: where mail of the desk is read and sent, as the operator and the administrators set it."""
