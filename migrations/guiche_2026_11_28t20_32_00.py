"""Webhooks and their deliveries."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import database, dialect

ID = "2026-11-28T20:32:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Webhooks"

TABLES = """
CREATE TABLE IF NOT EXISTS webhook (
    id {number}, address VARCHAR(500) NOT NULL, events VARCHAR(500) NOT NULL, salt VARCHAR(64) NOT NULL,
    owner INTEGER NOT NULL REFERENCES person, is_on BOOLEAN NOT NULL DEFAULT true, disabled_at {time},
    form_key VARCHAR(64), made_at {time} NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS webhook_form_key ON webhook (form_key);
CREATE TABLE IF NOT EXISTS webhook_delivery (
    id {big_number}, webhook INTEGER NOT NULL REFERENCES webhook, event BIGINT REFERENCES event,
    noun VARCHAR(30) NOT NULL, at {time} NOT NULL, queued_at {time} NOT NULL, due_at {time} NOT NULL,
    state VARCHAR(10) NOT NULL DEFAULT 'waiting', attempts INTEGER NOT NULL DEFAULT 0, tried_at {time},
    status SMALLINT, answer TEXT NOT NULL DEFAULT '', error VARCHAR(20) NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS webhook_delivery_due ON webhook_delivery (webhook, due_at, id) WHERE state = 'waiting';
CREATE INDEX IF NOT EXISTS webhook_delivery_listed ON webhook_delivery (webhook, id);
CREATE INDEX IF NOT EXISTS webhook_delivery_queued ON webhook_delivery (queued_at)
"""


async def create() -> None:
    kinds = dialect(
        sqlite={"number": "INTEGER PRIMARY KEY AUTOINCREMENT", "big_number": "INTEGER PRIMARY KEY AUTOINCREMENT"},
        postgres={"number": "SERIAL PRIMARY KEY", "big_number": "BIGSERIAL PRIMARY KEY"},
    )
    time = dialect(sqlite="TIMESTAMPTZ", postgres="TIMESTAMP WITH TIME ZONE")
    for statement in TABLES.format(**kinds, time=time).split(";"):
        await database().run_ddl(statement)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
