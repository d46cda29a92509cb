"""How tickets begin: drafts, submission, first contact."""
