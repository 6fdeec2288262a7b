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
from tests.sources.conftest import NAMES, Server, allowed, get, page, redirect

UNUSABLE = [
    "ftp://news.example.org/", "file:///etc/passwd", "gopher://news.example.org/", "javascript:alert(1)",
    "data:text/html,x", "//news.example.org/", "news.example.org", "", "http://", "http:///etc",
    "http://user@news.example.org/", "http://user:word@news.example.org/", "http://a.org\\@127.0.0.1/",
    "http://127.0.0.2/", "http://127.0.0.2:80/", "http://2130706434/", "http://0x7f000002/", "http://127.2/",
    "http://0177.0.0.2/", "http://0x7f.0.0.2/", "http://0/", "http://%31%32%37.0.0.2/", "http://①②⑦.0.0.2/",
    "http://127。0。0。2/", "http://0.0.0.0/", "http://10.0.0.1/", "http://172.16.0.1/", "http://192.168.0.1/",
    "http://169.254.169.254/latest/meta-data/", "http://100.64.0.1/", "http://224.0.0.1/", "http://[::1]/",
    "http://[::]/", "http://[::ffff:127.0.0.2]/", "http://[::ffff:7f00:2]/", "http://[64:ff9b::7f00:2]/",
    "http://[2002:7f00:2::]/", "http://[fe80::1%25eth0]/", "http://[fd00::1]/", "http://[ff02::1]/",
    "http://[::127.0.0.2]/", "http://[v1.fe80]/", "http://localhost/", "http://LOCALHOST./",
    "http://desk.localhost/", "http://printer.local/", "http://db.internal/", "http://intranet/",
    "http://news.example.org:0/", "http://news.example.org:99999/", "http://news.example.org:22/",
    "http://news.example.org:25/", "http://news.example.org/\r\nX-Injected: 1", "http://a..example.org/",
    "http://" + "a" * 64 + ".org/", "http://news.example.org/" + "a" * 2000,
]  # fmt: skip


@pytest.mark.parametrize("url", UNUSABLE)
def test_an_address_that_is_not_a_public_page_is_refused_for_good(url: str) -> None:
    with pytest.raises(FetchError) as caught:
        get(url)
    assert (caught.value.code, caught.value.final) == ("bad_address", True)


@pytest.mark.parametrize("host", [name for name, addresses in NAMES.items() if addresses])
def test_a_name_that_leads_inside_is_refused_for_good(server: Server, host: str) -> None:
    with pytest.raises(FetchError) as caught:
        get(server.url("/", host=host))
    assert (caught.value.code, caught.value.final) == ("private_address", True)
    assert server.requests == []


# What is left out is a fine relative address, or no header.
LEADS_AWAY = [
    url for url in UNUSABLE if ":" in url and "\n" not in url and url not in ("http://", "http:///etc")
]


@pytest.mark.parametrize("url", LEADS_AWAY)
def test_a_redirect_to_such_an_address_is_refused(server: Server, url: str) -> None:
    server.answers["/"] = redirect(url.encode().decode("latin-1"))
    with pytest.raises(FetchError) as caught:
        get(server.url())
    assert caught.value.code == "bad_address"
    assert len(server.requests) == 1


def test_a_redirect_to_a_name_that_leads_inside_is_refused(server: Server) -> None:
    server.answers["/"] = redirect(server.url("/secret", host="inner.example.org"))
    with pytest.raises(FetchError) as caught:
        get(server.url())
    assert caught.value.code == "private_address"
    assert len(server.requests) == 1


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
