"""Outgoing mail, which is written when it is sent, with the rights of that moment."""
