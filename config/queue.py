"""The default broker, `pgmq://`: a message queue in Recheck's own database, nothing more to install.

kombu's transport for it takes only a host, a port, a name and a password. This one connects as
Django does, so that sockets, certificates and every other option of DATABASE_URL hold here too, and
makes the queue's tables where they are missing.
"""

from typing import Any

from django.db import connections
from kombu.transport import pgmq
from pgmq import PGMQueue
from pgmq.install import install_pgmq_from_sql
from psycopg import Connection, conninfo, pq
from psycopg_pool import ConnectionPool

LONGEST_WAIT = 1.0  # seconds
FULL_WAIT = 0.05  # seconds
INSTALLING = 7_205_311  # the advisory lock of one process that makes the tables


def dsn() -> str:
    """How Django connects to the default database, as a libpq connection string."""
    known = {option.keyword.decode() for option in pq.Conninfo.get_defaults()}
    params = connections["default"].get_connection_params()
    return conninfo.make_conninfo(**{name: value for name, value in params.items() if name in known})


def ensure_tables() -> None:
    """Makes the queue's tables in the default database where they are missing."""
    with Connection.connect(dsn(), autocommit=False) as connection:
        if not has_tables(connection):
            connection.execute("SELECT pg_advisory_xact_lock(%s)", [INSTALLING])
            if not has_tables(connection):
                install_pgmq_from_sql(conn=connection)


def has_tables(connection: Connection[Any]) -> bool:
    found = connection.execute("SELECT to_regclass('pgmq.meta') IS NOT NULL").fetchone()
    return bool(found and found[0])


class Waiter(pgmq._NotifyWaiter):
    """Waits for word of a new message; only shortly where one cannot be taken yet.

    A worker whose hands are full hears nothing when they come free, and messages may lie waiting.
    """

    def __init__(self, transport: "Transport") -> None:
        super().__init__(dsn())
        self.transport = transport

    def wait(self, timeout: float | None) -> bool:
        full = any(not channel.qos.can_consume() for channel in self.transport.channels or ())
        return super().wait(FULL_WAIT if full else timeout)


class Channel(pgmq.Channel):
    def _maybe_enable_notify(self, queue: str, queue_name: str | None = None) -> None:
        """Only who takes messages listens: word that a sender never hears would pile up in the server."""
        if queue_name is None:
            super()._maybe_enable_notify(queue)  # type: ignore[no-untyped-call]
        else:
            self.pgmq.enable_notify(queue_name, throttle_interval_ms=self.notify_throttle_interval_ms)


class Transport(pgmq.Transport):
    Channel = Channel
    # No host is no oversight here: it means Django's own database.
    default_connection_params = {"port": pgmq.DEFAULT_PORT, "hostname": None}

    def drain_events(self, connection: Any, timeout: float | None = None, **kwargs: Any) -> None:
        """As kombu's, but back after a second, so that a worker asked to stop soon sees it."""
        timeout = min(timeout or LONGEST_WAIT, LONGEST_WAIT)
        super().drain_events(connection, timeout=timeout)  # type: ignore[no-untyped-call]

    def _create_pgmq_client(self) -> PGMQueue:
        client: Any = self.client
        if client.hostname:
            return super()._create_pgmq_client()
        ensure_tables()
        options = client.transport_options
        pool = ConnectionPool(
            dsn(), min_size=1, max_size=options["pool_size"], timeout=options["pool_timeout"], open=True
        )
        return PGMQueue(conn_string=None, pool=pool, vt=options["visibility_timeout"], init_extension=False)

    def _get_notify_waiter(self) -> Any:
        client: Any = self.client
        if self._notify_waiter is None and not client.hostname:
            self._notify_waiter = Waiter(self)
        return super()._get_notify_waiter()

    def close_connection(self, connection: Any) -> None:
        # kombu's closes only a pool that the client made itself.
        pool = self._pgmq_client.pool if self._pgmq_client is not None else None
        try:
            super().close_connection(connection)
        finally:
            if pool is not None:
                pool.close()
