"""Joining organizations: requests, invitations, e-mail domains."""
