"""The WSGI application as `manage.py up` serves it: the serving process ends when its parent does."""

import signal

from config.keeper import end_with_parent
from config.wsgi import application

__all__ = ["application"]

leash = end_with_parent(signal.SIGKILL)
if leash is not None:
    leash()
