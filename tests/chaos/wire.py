"""A wire between programs and a server that can be cut and mended."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress


class Wire:
    """Forwards connections from a free port of this machine to the server's."""

    def __init__(self, host: str, port: int) -> None:
        self.server = (host, port)
        self.ends: set[socket.socket] = set()
        self.lock = threading.Lock()
        self.port = 0
        self.listener: socket.socket | None = None
        self.mend()

    def mend(self) -> None:
        listener = socket.create_server(("127.0.0.1", self.port))
        self.listener, self.port = listener, listener.getsockname()[1]
        threading.Thread(target=self.accept, args=(listener,), daemon=True).start()

    def cut(self) -> None:
        """End every connection; whoever tries to connect is refused."""
        with self.lock:
            listener, self.listener = self.listener, None
            ends, self.ends = self.ends, set()
        for end in (*ends, *([listener] if listener else [])):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                caller, _ = listener.accept()
                callee = socket.create_connection(self.server)
                with self.lock:
                    if self.listener is not listener:
                        caller.close()
                        callee.close()
                        return
                    self.ends |= {caller, callee}
                for start, end in ((caller, callee), (callee, caller)):
                    threading.Thread(target=self.carry, args=(start, end), daemon=True).start()

    def carry(self, start: socket.socket, end: socket.socket) -> None:
        with suppress(OSError):
            while data := start.recv(65536):
                end.sendall(data)
        for one in (start, end):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        with self.lock:
            self.ends -= {start, end}
