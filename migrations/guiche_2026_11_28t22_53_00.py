"""Mailboxes that are set by page."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from web.database import add_column, database, dialect

ID = "2026-11-28T22:53:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Mailboxes"

TABLES = """
CREATE TABLE IF NOT EXISTS mailbox (
    id {number}, address VARCHAR(254) NOT NULL, name VARCHAR(100) NOT NULL,
    is_active BOOLEAN NOT NULL DEFAULT true, login VARCHAR(40) NOT NULL DEFAULT '',
    imap_host VARCHAR(255) NOT NULL DEFAULT '', imap_port INTEGER NOT NULL DEFAULT 993,
    imap_tls VARCHAR(10) NOT NULL DEFAULT 'tls', imap_user VARCHAR(254) NOT NULL DEFAULT '',
    imap_secret TEXT NOT NULL DEFAULT '', folder VARCHAR(200) NOT NULL DEFAULT 'INBOX',
    smtp_host VARCHAR(255) NOT NULL DEFAULT '', smtp_port INTEGER NOT NULL DEFAULT 587,
    smtp_tls VARCHAR(10) NOT NULL DEFAULT 'starttls', smtp_user VARCHAR(254) NOT NULL DEFAULT '',
    smtp_secret TEXT NOT NULL DEFAULT '', team INTEGER REFERENCES team, category INTEGER REFERENCES category,
    strangers VARCHAR(10) NOT NULL DEFAULT 'ticket', form_key VARCHAR(64)
);
CREATE UNIQUE INDEX IF NOT EXISTS mailbox_address ON mailbox (address);
CREATE UNIQUE INDEX IF NOT EXISTS mailbox_form_key ON mailbox (form_key);
CREATE TABLE IF NOT EXISTS mailbox_fault (
    id {number}, mailbox INTEGER NOT NULL REFERENCES mailbox, side VARCHAR(4) NOT NULL, code VARCHAR(20) NOT NULL,
    since {time} NOT NULL, told_at {time}
);
CREATE UNIQUE INDEX IF NOT EXISTS mailbox_fault_side ON mailbox_fault (mailbox, side)
"""


async def create() -> None:
    number = dialect(sqlite="INTEGER PRIMARY KEY AUTOINCREMENT", postgres="SERIAL PRIMARY KEY")
    time = dialect(sqlite="TIMESTAMPTZ", postgres="TIMESTAMP WITH TIME ZONE")
    for statement in TABLES.format(number=number, time=time).split(";"):
        await database().run_ddl(statement)
    await add_column("inbound_mail", "mailbox", "INTEGER REFERENCES mailbox")


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="web", description=DESCRIPTION)
    manager.add_raw(create)
    return manager
