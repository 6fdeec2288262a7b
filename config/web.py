"""The WSGI application as `manage.py up` serves it: the serving process ends when its parent does."""

import signal

from config.keeper import follow_parent
from config.wsgi import application

__all__ = ["application"]

follow_parent(signal.SIGKILL)
