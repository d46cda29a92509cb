"""Article search: indexed words, queries, ranking, spelling, excerpts."""
