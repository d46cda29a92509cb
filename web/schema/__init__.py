"""The database schema: Piccolo's configuration, migrations, and checks."""
