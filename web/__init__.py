"""Guichê: an open help desk and customer portal."""

import os

os.environ.setdefault("PICCOLO_CONF", "web.schema.piccolo_conf")
