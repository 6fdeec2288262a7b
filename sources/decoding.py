"""From the bytes of a page or file to its characters."""

from __future__ import annotations

import codecs
import re

import charset_normalizer

from sources.pages import Unreadable

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What these files begin with, and what to call them.
MAGIC = (
    (b"%PDF-", "a PDF"), (b"PK\x03\x04", "a ZIP archive or office document"), (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "an image"), (b"\xff\xd8\xff", "an image"), (b"GIF8", "an image"), (b"RIFF", "a media file"),
    (b"\xd0\xcf\x11\xe0", "an office document"), (b"{\\rtf", "an RTF document"), (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"), (b"BZh", "an archive"), (b"7z\xbc\xaf", "an archive"),
    (b"OggS", "a media file"),
)  # fmt: skip
DECLARED_WITHIN = 4096  # bytes from the start of a page
SAMPLE = 65_536  # bytes that a guess is made from
# Texts that have been cut or glued wrongly hold a few; data that is no text holds far more.
MOST_CONTROLS = 0.02
MOST_BROKEN = 0.1
# Of a text in another alphabet most bytes are above ASCII; of a Western one few, too few for a good guess.
FEWEST_FOREIGN = 0.2

# Encodings of Python's in which no page is written: of host names and source code, and one that always fails.
NOT_FOR_PAGES = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"})

_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.I)
_META_CHARSET = re.compile(
    rb"<(?:meta|\?xml)\b[^>]{0,400}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.I
)
_CONTROLS = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
# Declared by default more often than meant: such pages are read as UTF-8 where they are valid UTF-8.
_LATIN_1 = frozenset({"ascii", "iso8859-1", "cp1252"})


def decode(body: bytes, content_type: str = "") -> str:
    """The characters of a page or text file, whatever its encoding. Raises Unreadable."""
    for magic, name in MAGIC:
        if body.startswith(magic):
            code = "pdf" if magic == b"%PDF-" else "binary"
            raise Unreadable(code, f"This is {name}; only web pages and plain text can be read.")
    text = _by_bom(body) or _by_declaration(body, content_type) or _by_shape(body)
    stray = len(_CONTROLS.findall(text)) + max(0, text.count("\x00") - len(text) // 1000)
    if stray > 3 and stray > MOST_CONTROLS * len(text):
        raise Unreadable("binary", "This is no text; only web pages and plain text can be read.")
    return text


def _by_bom(body: bytes) -> str | None:
    for bom, encoding in BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(encoding, "replace")
    return None


def _by_declaration(body: bytes, content_type: str) -> str | None:
    meta = _META_CHARSET.search(body[:DECLARED_WITHIN])
    for name in (_HEADER_CHARSET.search(content_type), meta):
        encoding = _codec(name[1] if isinstance(name[1], str) else name[1].decode("ascii")) if name else None
        if encoding is None:
            continue
        try:
            return body.decode("utf-8" if encoding in _LATIN_1 else encoding)
        except UnicodeDecodeError:
            if encoding in _LATIN_1:
                return body.decode("cp1252", "replace")
    return None


def _codec(name: str) -> str | None:
    """The name of a text encoding of Python's, None for one it does not know."""
    try:
        codec = codecs.lookup(name)
    except LookupError:
        return None
    if not codec._is_text_encoding or codec.name in NOT_FOR_PAGES:
        return None
    # A page that can name its encoding in ASCII is not in UTF-16.
    return "utf-8" if codec.name.startswith(("utf-16", "utf-32")) else codec.name


def _by_shape(body: bytes) -> str:
    wide = _utf16_by_zeros(body)
    if wide:
        return body.decode(wide, "replace")
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if not broken:
        return text
    if broken < MOST_BROKEN * sum(char > "\x7f" for char in text):
        return text  # UTF-8 with a few broken places
    sample = body[:SAMPLE]
    if sum(byte > 0x7F for byte in sample) < FEWEST_FOREIGN * len(sample):
        return body.decode("cp1252", "replace")
    guess = charset_normalizer.from_bytes(sample).best()
    return body.decode(guess.encoding if guess else "cp1252", "replace")


def _utf16_by_zeros(body: bytes) -> str | None:
    """UTF-16 without a mark: Western text in it has a zero in every second byte."""
    sample = body[:2000]
    if len(sample) < 4:
        return None
    even, odd = sample[::2].count(0) / len(sample), sample[1::2].count(0) / len(sample)
    if odd > 0.35 and even < 0.02:
        return "utf-16-le"
    if even > 0.35 and odd < 0.02:
        return "utf-16-be"
    return None
