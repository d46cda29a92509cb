"""Guichê: an open help desk and customer portal."""

import os
import sys

sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]  # its command line: 4 MB, a tenth of a second
os.environ.setdefault("PICCOLO_CONF", "web.schema.piccolo_conf")
