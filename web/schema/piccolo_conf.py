"""Configuration of Piccolo's migration tool: the database and its one application."""

from piccolo.conf.apps import AppRegistry

from web.database import database

DB = database()
APP_REGISTRY = AppRegistry(apps=["web.schema.piccolo_app"])
