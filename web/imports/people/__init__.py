"""People and organizations from a table: its columns matched, its lines read apart, written in small steps."""
