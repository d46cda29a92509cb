"""What finds articles: their words, questions of people, the nearest word to one that nobody wrote, excerpts."""
