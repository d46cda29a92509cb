"""Guichê: an open help desk and customer portal."""

import os
import sys

sys.modules.setdefault("httpx._main", None)  # its command line, which nobody calls: 4 MB and a tenth of a second
os.environ.setdefault("PICCOLO_CONF", "web.schema.piccolo_conf")
