"""Which message brokers Recheck speaks to, and how."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

DEFAULT_URL = "pgmq://"
# The longest a task may run, and how long a broker waits before it gives an unfinished one to another
# worker: the second must be longer. A wake-up lost meanwhile is made up for by the sweeps.
TASK_TIME_LIMIT = 900  # seconds
VISIBILITY_TIMEOUT = 1800  # seconds

# Who sends a wake-up tries once: a request does not wait for a broker that is away. Workers go on trying.
NO_WAITING: dict[str, Any] = {"max_retries": 0}
PGMQ = {
    "visibility_timeout": VISIBILITY_TIMEOUT,
    "init_extension": False,
    # A notification wakes the worker; the look once in five seconds is for one that got lost.
    "use_notify": True,
    "notify_throttle_interval_ms": 0,
    "wait_time_seconds": 0,
    "polling_interval": 5.0,
    "pool_size": 4,
    "pool_timeout": 5,
}


def transport_options(url: str) -> dict[str, Any]:
    """kombu's options for a broker address. ImproperlyConfigured where Recheck does not know the kind."""
    scheme = urlsplit(url).scheme
    if scheme == "pgmq":
        return PGMQ
    if scheme in ("redis", "rediss"):
        return NO_WAITING | {"visibility_timeout": VISIBILITY_TIMEOUT, "socket_connect_timeout": 2}
    if scheme in ("amqp", "amqps", "memory"):
        return NO_WAITING
    raise ImproperlyConfigured(
        f"CELERY_BROKER_URL={url!r}: give redis://host/0, amqp://user:password@host// or "
        "pgmq://, which is the database"
    )
