"""The people of an organization, for those who manage them: what each may do, and how people come in."""
