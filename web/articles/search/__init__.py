"""Search of articles: their words, questions of people, the nearest known word, excerpts."""
