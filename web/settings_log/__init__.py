"""The log of settings: who changed what, when, and what it was before. Entries are only added."""
