"""What hostile sites answer: what it is called, the answer or behaviour, what comes of it.

The code is that of the error which a fetch, or else the reading of what it brought, ends with; READ where
the trick is harmless and a page is read.
"""

from __future__ import annotations

import codecs
import gzip

from tests.sources.behaviours import (
    CHUNKED,
    GZIPPED,
    OK,
    Behaviour,
    bomb,
    chunk,
    drip,
    first_empty_blocks,
    flood,
    page,
    redirect,
    reset,
    silence,
    with_dictionary,
    zlib_bomb,
)
from tests.sources.hostile_addresses import BAD, INSIDE

READ = "read"
LATE = "time_out"
BROKEN = "broken_answer"
LARGE = "too_large"
TYPE = "wrong_type"

# What the server answers when "/" is asked for.
ANSWERS: dict[str, tuple[bytes | Behaviour, str]] = {
    # Slow ones
    "says nothing": (silence, LATE),
    "drips the status line": (drip(b"", b"H"), LATE),
    "drips the headers": (drip(OK, b"X: 1\r\n"), LATE),
    "drips one header": (drip(OK + b"X: ", b"a"), LATE),
    "drips the body": (drip(OK + b"\r\n", b"a"), LATE),
    "drips chunks": (drip(CHUNKED, chunk(b"a")), LATE),
    "drips the size of a chunk": (drip(CHUNKED, b"0"), LATE),
    "drips trailers": (drip(CHUNKED + b"0\r\n", b"X: 1\r\n"), LATE),
    "drips a packed body": (drip(GZIPPED, b"\x1f"), BROKEN),
    "never stops saying 100": (drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), LATE),
    "floods with 103": (flood(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"), LATE),
    # Large ones
    "endless headers": (flood(OK, b"X: 1\r\n"), BROKEN),
    "one endless header": (flood(OK + b"X: ", b"a" * 1000), BROKEN),
    "an endless status line": (flood(b"HTTP/1.1 200 ", b"a" * 1000), BROKEN),
    "endless trailers": (flood(CHUNKED + b"0\r\n", b"X: 1\r\n"), BROKEN),
    "an endless extension of a chunk": (flood(CHUNKED + b"1;", b"a" * 1000), BROKEN),
    "endless body": (flood(OK + b"\r\n", b"a" * 10_000), LARGE),
    "endless chunks": (flood(CHUNKED, chunk(b"a" * 10_000)), LARGE),
    "endless tiny chunks": (flood(CHUNKED, chunk(b"a") * 1000), LARGE),
    "one chunk of ten gigabytes": (flood(CHUNKED + b"254be4000\r\n", b"a" * 10_000), LARGE),
    "says it is ten gigabytes": (OK + b"Content-Length: 10000000000\r\n\r\n", LARGE),
    "sends ten gigabytes": (flood(OK + b"Content-Length: 10000000000\r\n\r\n", b"a" * 10_000), LARGE),
    "says it is beyond counting": (page(b"", "Content-Length: " + "9" * 500), BROKEN),
    "a megabyte of cookies": (flood(OK, b"Set-Cookie: a=" + b"b" * 4000 + b"\r\n"), BROKEN),
    # Lengths that lie
    "a body larger than allowed, says so": (OK + b"Content-Length: 200000\r\n\r\n" + b"a" * 9, LARGE),
    "hangs up before the length it gave": (OK + b"Content-Length: 9\r\n\r\nabc", BROKEN),
    "goes on after the length it gave": (OK + b"Content-Length: 12\r\n\r\n<p>Hello</p><p>Injected</p>", READ),
    "two different lengths": (page(b"ab", "Content-Length: 1"), BROKEN),
    "a negative length": (OK + b"Content-Length: -1\r\n\r\n", BROKEN),
    "a length with a sign": (OK + b"Content-Length: +5\r\n\r\nhello", BROKEN),
    "a length in words": (OK + b"Content-Length: five\r\n\r\nhello", BROKEN),
    "a length and chunks": (OK + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + chunk(b"<p>Hello</p>") + b"0\r\n\r\n", READ),
    # Chunks
    "chunks of rubbish": (CHUNKED + b"zz\r\nabc\r\n", BROKEN),
    "a chunk of negative size": (CHUNKED + b"-5\r\nhello\r\n0\r\n\r\n", BROKEN),
    "a chunk beyond counting": (CHUNKED + b"F" * 30 + b"\r\nabc", BROKEN),
    "a chunk longer than it says": (CHUNKED + b"2\r\nhello\r\n0\r\n\r\n", BROKEN),
    "chunks without an end": (CHUNKED + chunk(b"hello"), BROKEN),
    "hangs up in a chunk": (CHUNKED + b"9\r\nabc", BROKEN),
    "chunked twice": (OK + b"Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n", BROKEN),
    "packed and chunked on the way": (OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", BROKEN),
    # Packed ones
    "a gzip bomb": (bomb(1), LARGE),
    "a gzip bomb in a gzip bomb": (bomb(2), TYPE),
    "three gzip bombs": (bomb(3), TYPE),
    "a deflate bomb": (zlib_bomb(), LARGE),
    "packed nothing without end": (flood(GZIPPED + first_empty_blocks(), b"\0\0\0\xff\xff" * 2000), LARGE),
    "empty gzip members without end": (flood(GZIPPED, gzip.compress(b"") * 100), LARGE),
    "a gzip file name without end": (flood(GZIPPED + b"\x1f\x8b\x08\x08\0\0\0\0\0\3", b"a" * 1000), LARGE),
    "gzip that is none": (page(b"<p>x</p>", "Content-Encoding: gzip"), BROKEN),
    "gzip that breaks off": (page(gzip.compress(b"x" * 999)[:-9], "Content-Encoding: gzip"), BROKEN),
    "gzip with a wrong checksum": (
        page(gzip.compress(b"x" * 999)[:-8] + b"\0" * 8, "Content-Encoding: gzip"), BROKEN
    ),
    "deflate with a dictionary": (with_dictionary(), BROKEN),
    "brotli unasked": (page(b"x", "Content-Encoding: br"), TYPE),
    "zstd unasked": (page(b"x", "Content-Encoding: zstd"), TYPE),
    "a gzip file in gzip": (
        page(gzip.compress(gzip.compress(b"x" * 999)), "Content-Encoding: gzip"), "binary"
    ),
    # Broken ones
    "hangs up at once": (b"", BROKEN),
    "hangs up in the headers": (OK, BROKEN),
    "breaks off": (reset, "unreachable"),
    "speaks SSH": (b"SSH-2.0-OpenSSH_9.6\r\n", BROKEN),
    "speaks SMTP": (b"220 mail.example.org ESMTP\r\n", BROKEN),
    "speaks HTTP/0.9": (b"<p>Hello</p>", BROKEN),
    "speaks HTTP/2": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", BROKEN),
    "speaks TLS": (b"\x15\x03\x01\x00\x02\x02\x28", BROKEN),
    "a status of two digits": (b"HTTP/1.1 20 OK\r\n\r\n", BROKEN),
    "a header with a carriage return in it": (OK + b"X: a\rb\r\n\r\n", BROKEN),
    "a header with a NUL in it": (OK + b"X: a\0b\r\n\r\n", BROKEN),
    "a header without a name": (OK + b": a\r\n\r\n", BROKEN),
    "a header with a space in its name": (OK + b"X Y: a\r\n\r\n", BROKEN),
    "switches protocols": (b"HTTP/1.1 101 X\r\nUpgrade: x\r\n\r\n", BROKEN),
    # Statuses
    "204, no content": (b"HTTP/1.1 204 No Content\r\n\r\n", "empty"),
    "206 unasked": (page(b"<p>Hel", "Content-Range: bytes 0-5/12", status="206 X"), BROKEN),
    "300": (page(b"", "Location: /a", status="300 X"), "http_status"),
    "304 unasked": (b"HTTP/1.1 304 Not Modified\r\n\r\n", BROKEN),
    "401": (page(status="401 X"), "blocked"),
    "403": (page(status="403 X"), "blocked"),
    "404": (page(status="404 X"), "not_found"),
    "410": (page(status="410 X"), "not_found"),
    "418": (page(status="418 X"), "http_status"),
    "429": (page(status="429 X"), "server_error"),
    "451": (page(status="451 X"), "blocked"),
    "500": (page(status="500 X"), "server_error"),
    "503": (page(status="503 X"), "server_error"),
    "status 999": (page(status="999 X"), "server_error"),
    # Redirects; to each of the addresses above as well
    "redirects to itself": (redirect("/"), "redirects"),
    "redirects to nothing": (redirect(""), "redirects"),
    "redirects to a part of itself": (redirect("#a"), "redirects"),
    "redirects without saying where": (page(status="302 Found"), "http_status"),
    "redirects to a fault": (redirect("http://[::1"), BAD),
    "redirects to another host in short": (redirect("//127.0.0.2/"), BAD),
    "redirects with a tab in the address": (redirect("ht\ttp://127.0.0.2/"), BAD),
    "redirects with a carriage return": (redirect("/a\rX-Injected: 1"), BROKEN),
    "redirects with a NUL": (redirect("/a\0"), BROKEN),
    "redirects over two lines": (redirect("http://127.0.0.2\r\n /"), BAD),
    "redirects far too long": (redirect("/" + "a" * 50_000), BAD),
    # Types
    "an image": (page(kind="image/png"), TYPE),
    "a programme": (page(kind="application/octet-stream"), TYPE),
    "a PDF": (page(kind="application/pdf"), "pdf"),
    "JSON": (page(b"{}", kind="application/json"), TYPE),
    "two types in one": (page(kind="text/html, image/png"), TYPE),
    "two types": (page(b"x", "Content-Type: image/png"), TYPE),
    "a video, never ending": (
        flood(b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n", b"a" * 9999), TYPE
    ),
    "events, never ending": (
        flood(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n", b"data: a\n\n"), TYPE
    ),
    "a PDF that says it is a page": (page(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3"), "pdf"),
    "an image that says it is a page": (page(b"\x89PNG\r\n\x1a\n" + b"\0" * 99), "binary"),
    "an archive that says it is a page": (page(b"PK\x03\x04" + b"\0" * 99), "binary"),
    "a programme that says it is a page": (page(b"\x7fELF\2\1\1" + b"\0" * 99), "binary"),
    "noise that says it is a page": (page(bytes(range(256)) * 9), "binary"),
    # Characters
    "only a byte order mark": (page(codecs.BOM_UTF8), "empty"),
    "UTF-8 with a mark twice": (page(codecs.BOM_UTF8 * 2 + b"<p>Hello</p>"), READ),
    "UTF-7": (page(b"<p>Hello +ADw-script+AD4-</p>", kind="text/html; charset=utf-7"), READ),
    "UTF-7 by its mark": (page(b"+/v8-<p>Hello</p>"), READ),
    "UTF-16 that says it is UTF-8": (
        page("<p>Hello</p>".encode("utf-16"), kind="text/html; charset=utf-8"), READ
    ),
    "UTF-16 with half a character": (page("<p>Hello</p>".encode("utf-16") + b"\0"), READ),
    "UTF-8 that says it is UTF-16": (page(b"<p>Hello</p>", kind="text/html; charset=utf-16"), READ),
    "UTF-32": (page("<p>Hello</p>".encode("utf-32")), READ),
    "overlong UTF-8": (page(b"<p>Hello</p>\xc0\xbcscript\xc0\xbe", kind="text/html; charset=utf-8"), READ),
    "a charset that unpacks": (page(b"<p>Hello</p>", kind="text/html; charset=bz2"), READ),
    "a charset that is never right": (page(b"<p>Hello</p>", kind="text/html; charset=undefined"), READ),
    "a charset of a programming language": (
        page(b"<p>Hello \\x49njected</p>", kind="text/html; charset=unicode_escape"), READ
    ),
    "a charset for host names": (page(b"<p>Hello</p>", kind="text/html; charset=idna"), READ),
    "a charset that nobody knows": (page(b"<p>Hello</p>", kind="text/html; charset=../../etc/passwd"), READ),
}  # fmt: skip

# Errors that another try cannot mend.
FOR_GOOD = frozenset(
    {BAD, INSIDE, LARGE, TYPE, "pdf", "blocked", "not_found", "http_status", "redirects", "binary", "empty"}
)
