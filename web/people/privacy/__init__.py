"""Rights of a person over their own data (LGPD art. 18 and 19): a copy, and erasure."""
