"""Mail that comes in."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import database, dialect

ID = "2026-11-28T18:55:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Inbound mail"

MAIL = """
CREATE TABLE IF NOT EXISTS inbound_mail (
    id {serial}, sha256 VARCHAR(64) NOT NULL, size BIGINT NOT NULL, received_at {time} NOT NULL,
    state VARCHAR(10) NOT NULL, reason VARCHAR(30) NOT NULL, sender VARCHAR(254) NOT NULL,
    subject VARCHAR(300) NOT NULL, fingerprint VARCHAR(64), ticket BIGINT REFERENCES ticket, filed_at {time}
)
"""

LEASES = """
CREATE TABLE IF NOT EXISTS mailbox_lease (id {serial}, name VARCHAR(200) NOT NULL UNIQUE, until {time} NOT NULL)
"""

INDEXES = (
    "CREATE INDEX IF NOT EXISTS inbound_mail_new ON inbound_mail (id) WHERE state = 'new'",
    "CREATE INDEX IF NOT EXISTS inbound_mail_parked ON inbound_mail (id) WHERE state = 'parked'",
    "CREATE INDEX IF NOT EXISTS inbound_mail_sha256 ON inbound_mail (sha256)",
    "CREATE UNIQUE INDEX IF NOT EXISTS inbound_mail_once ON inbound_mail (fingerprint) WHERE fingerprint IS NOT NULL",
    "CREATE INDEX IF NOT EXISTS inbound_mail_of_ticket ON inbound_mail (ticket, filed_at) WHERE ticket IS NOT NULL",
    "CREATE INDEX IF NOT EXISTS inbound_mail_of_sender ON inbound_mail (sender, filed_at) WHERE state = 'filed'",
)


async def create() -> None:
    time = dialect(sqlite="TIMESTAMPTZ", postgres="TIMESTAMP WITH TIME ZONE")
    serial = dialect(sqlite="INTEGER PRIMARY KEY AUTOINCREMENT", postgres="BIGSERIAL PRIMARY KEY")
    await database().run_ddl(MAIL.format(time=time, serial=serial))
    await database().run_ddl(LEASES.format(time=time, serial=serial))
    for index in INDEXES:
        await database().run_ddl(index)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
