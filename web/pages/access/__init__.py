"""Sign-in, sign-up, passwords, one-time links."""
