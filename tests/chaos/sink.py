"""A mail server that keeps what it is given, for as long as the test lasts."""

from __future__ import annotations

import email
import socketserver
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from hashlib import sha256


class Sink(socketserver.ThreadingTCPServer):
    """Serves on a free port of this machine from the start until `close`.

    `delay` gives the seconds that a mail takes after it is kept and before the sender hears of it.
    """

    allow_reuse_address = daemon_threads = True
    request_queue_size = 100

    def __init__(self, delay: Callable[[], float] = lambda: 0.0) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.delay = delay
        self.mails: dict[str, list[str]] = defaultdict(list)  # Message-ID: a hash of each mail that had it
        self.keeping = threading.Lock()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    @property
    def count(self) -> int:
        return sum(map(len, self.mails.values()))

    def keep(self, mail: bytes) -> None:
        parsed = email.message_from_bytes(mail)
        said = f"{parsed['To']}\n{parsed['Subject']}\n{parsed.get_payload()}"
        with self.keeping:
            self.mails[str(parsed["Message-ID"])].append(sha256(said.encode()).hexdigest())
        time.sleep(self.delay())

    def handle_error(self, *_: object) -> None:
        """A sender that is killed goes without a word."""

    def close(self) -> None:
        self.shutdown()
        self.server_close()


class Session(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True
    server: Sink

    def handle(self) -> None:
        self.say(b"220 sink")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                self.say(b"354 go on")
                self.server.keep(b"".join(iter(self.rfile.readline, b".\r\n")))
            self.say(b"221 bye" if verb == b"QUIT" else b"250 done")
            if verb == b"QUIT":
                return

    def say(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")
