"""A fetch goes to public addresses only, whatever the address, the DNS or a redirect says."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from sources.fetching import FetchError, fetch
from tests.sources.behaviours import page, redirect
from tests.sources.conftest import Server, allowed, get


def test_the_address_that_was_checked_is_the_one_connected_to(server: Server) -> None:
    """A name whose every look-up says something else has one look-up for each connection."""
    answers = iter(["127.0.0.1", "10.0.0.1"])
    server.answers["/"] = redirect("/again")
    server.answers["/again"] = page()
    with pytest.raises(FetchError) as caught:
        fetch(server.url(), allowed=allowed, resolve=lambda *_: [ipaddress.ip_address(next(answers))])
    assert caught.value.code == "private_address"
    assert [request.split()[1] for request in server.requests] == [b"/"]


def test_tls_is_asked_for_the_name_and_checked_against_it() -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(Path(__file__).parent / "untrusted.pem")
    names: list[str | None] = []
    context.sni_callback = lambda _socket, name, _context: names.append(name)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=_shake_hands, args=(listener, context), daemon=True)
        thread.start()
        with pytest.raises(FetchError) as caught:
            get(f"https://news.example.org:{listener.getsockname()[1]}/")
        thread.join()
    assert caught.value.code == "certificate"
    assert names == ["news.example.org"]


def _shake_hands(listener: socket.socket, context: ssl.SSLContext) -> None:
    connection, _ = listener.accept()
    # The other side hangs up: that is what is tested.
    with connection, suppress(OSError):
        context.wrap_socket(connection, server_side=True).close()
