"""Configuration of Piccolo's migration tool: migrations and tables.

It imports a formatter of code, in a third of a second and with 6 MB: what serves pages names no tool of migrations.
"""

from piccolo.conf.apps import AppConfig

from web.schema.tables import TABLES
from web.settings import ROOT

APP_CONFIG = AppConfig(app_name="web", migrations_folder_path=str(ROOT / "migrations"), table_classes=[*TABLES])
