"""Configuration of Piccolo's migration tool: migrations and tables.

It imports a code formatter, which takes a third of a second and 6 MB, so that the page processes do not import it.
"""

from piccolo.conf.apps import AppConfig

from web.schema.tables import TABLES
from web.settings import ROOT

APP_CONFIG = AppConfig(app_name="web", migrations_folder_path=str(ROOT / "migrations"), table_classes=[*TABLES])
