"""What Piccolo's migration tool reads: where the migrations are and which tables exist."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from web.notifications.tables import Outgoing
from web.people import tables as people
from web.tickets import tables as tickets

APP_CONFIG = AppConfig(
    app_name="web",
    migrations_folder_path=str(Path(__file__).parent.parent / "migrations"),
    table_classes=[*people.TABLES, *tickets.TABLES, Outgoing],
)
