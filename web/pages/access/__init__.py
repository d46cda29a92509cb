"""Pages of getting in: sign-in, sign-up, passwords, one-time links."""
