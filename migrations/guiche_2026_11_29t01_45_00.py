"""What the log of settings says of people, apart from it; and whose affair alone a change is."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import add_column, database, dialect

ID = "2026-11-29T01:45:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Personal texts of the log of settings"


async def create() -> None:
    serial = dialect(sqlite="INTEGER PRIMARY KEY AUTOINCREMENT", postgres="BIGSERIAL PRIMARY KEY")
    await database().run_ddl(
        f"CREATE TABLE IF NOT EXISTS setting_text (id {serial}, change BIGINT NOT NULL, number INTEGER NOT NULL, "
        "person INTEGER NOT NULL REFERENCES person, text TEXT NOT NULL)"
    )
    await database().run_ddl(
        f"CREATE TABLE IF NOT EXISTS erasure_text (id {serial}, person INTEGER NOT NULL REFERENCES person, "
        "text TEXT NOT NULL)"
    )
    await add_column("setting_change", "team", "INTEGER REFERENCES team")
    await add_column("setting_word", "person", "INTEGER REFERENCES person")
    for statement in (
        "CREATE INDEX IF NOT EXISTS setting_text_change ON setting_text (change, number)",
        "CREATE INDEX IF NOT EXISTS setting_text_person ON setting_text (person)",
        "CREATE INDEX IF NOT EXISTS erasure_text_person ON erasure_text (person)",
        "CREATE INDEX IF NOT EXISTS setting_word_person ON setting_word (person) WHERE person IS NOT NULL",
    ):
        await database().run_ddl(statement)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
