"""The characters of a page or file, whatever its bytes."""

from __future__ import annotations

import pytest

from sources.reading import Unreadable, decode

RUSSIAN = "Городской совет закрыл мост до мая. " * 5
META = '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2"><p>Łódź'


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        ("Café".encode(), "", "Café"),
        ("Café".encode("utf-8-sig"), "text/html; charset=iso-8859-1", "Café"),
        ("Café".encode("utf-16"), "", "Café"),
        ("The pier is shut – for now".encode("utf-16-be"), "", "The pier is shut – for now"),
        ("Café".encode("utf-32"), "", "Café"),
        ("Łódź".encode("iso-8859-2"), "text/plain; charset=ISO-8859-2", "Łódź"),
        (META.encode("iso-8859-2"), "text/html", META),
        (
            "<?xml version='1.0' encoding='koi8-r'?>Мост".encode("koi8-r"),
            "",
            "<?xml version='1.0' encoding='koi8-r'?>Мост",
        ),
        ("Café at “Zoë’s”".encode(), "text/html; charset=latin-1", "Café at “Zoë’s”"),
        (
            "It is “open” at the café now".encode("cp1252"),
            "text/html; charset=iso-8859-1",
            "It is “open” at the café now",
        ),
        (
            "The café by the pier is open".encode("cp1252"),
            "text/html; charset=utf-8",
            "The café by the pier is open",
        ),
        ("The café by the pier is open".encode("cp1252"), "", "The café by the pier is open"),
        (RUSSIAN.encode("cp1251"), "", RUSSIAN),
        ("東京都は月曜日に橋を閉鎖した。".encode("shift_jis"), "", "東京都は月曜日に橋を閉鎖した。"),
        (b"plain", "text/html; charset=no-such-thing", "plain"),
        (b"cynva", "text/html; charset=rot13", "cynva"),
        ("<meta charset=utf-16>Café".encode(), "", "<meta charset=utf-16>Café"),
        (b"", "", ""),
    ],
)
def test_the_encoding_is_found(body: bytes, content_type: str, text: str) -> None:
    assert decode(body, content_type) == text


def test_a_few_broken_bytes_spoil_only_themselves() -> None:
    assert decode("é".encode() * 50 + b"\xc3") == "é" * 50 + "\ufffd"


@pytest.mark.parametrize(
    "body",
    [
        bytes(range(256)) * 20,
        b"\x00" * 500,
        b"PK\x03\x04 docx",
        b"\x7fELF",
        b"GIF89a",
        b"\x1f\x8b\x08",
        b"\xff\xd8\xff\xe0",
    ],
)
def test_data_that_is_no_text_is_refused(body: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        decode(body)
    assert caught.value.code == "binary"
