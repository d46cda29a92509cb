"""What Piccolo's migration tool reads: the database and the one application in it."""

from piccolo.conf.apps import AppRegistry

from web.database import database

DB = database()
APP_REGISTRY = AppRegistry(apps=["web.schema.piccolo_app"])
