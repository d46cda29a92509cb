"""What the law gives a person over their own data (LGPD art. 18 and 19): a copy of it, and its erasure."""
