"""Web addresses: what may be asked for, and the one form in which an address is kept.

Pure: nothing here looks up a name or opens a connection.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import SplitResult, quote, unquote, urlsplit

import idna

IPAddress = IPv4Address | IPv6Address
Allowed = Callable[[IPAddress], bool]

MAX_LENGTH = 2000
DEFAULT_PORTS = {"http": 80, "https": 443}

TRACKING_PREFIXES = ("utm_", "mtm_", "hsa_", "at_campaign", "at_custom", "at_link", "at_medium", "at_ptr")
TRACKING = frozenset(
    """
    _ga _gl _hsenc _hsmi _openstat __hssc __hstc __hsfp cmpid dclid fbclid gad_source gbraid gclid gclsrc
    hsctatracking igsh igshid li_fat_id mc_cid mc_eid mkt_tok msclkid ncid ocid oly_anon_id oly_enc_id
    pk_campaign pk_kwd pk_source ref_src rb_clickid s_cid smid soc_src soc_trk spm srsltid ttclid twclid
    vero_id wbraid wickedid yclid ysclid
    """.split()  # noqa: SIM905 - one word a line is no easier to read
)

# Names that only mean something inside a network.
INNER_SUFFIXES = (
    ".localhost", ".local", ".localdomain", ".internal", ".intranet", ".lan", ".home", ".corp", ".home.arpa",
    ".onion", ".test", ".invalid",
)  # fmt: skip

NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
# Not for hosts, though `is_global` says otherwise in one Python or another.
SPECIAL = (
    ipaddress.ip_network("192.0.0.0/24"),
    ipaddress.ip_network("192.88.99.0/24"),
    ipaddress.ip_network("2001::/23"),
    ipaddress.ip_network("3fff::/20"),
)

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMERIC_LABEL = re.compile(r"\d+|0x[0-9a-f]*")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


class BadAddress(ValueError):  # noqa: N818 - it names what is wrong, not a fault of ours
    """An address that cannot be used; `message` is one sentence for a reader."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def canonical_url(url: str) -> str:
    """The one form under which an address is kept. Raises BadAddress."""
    parts = urlsplit(checked_url(url))
    query = "&".join(pair for pair in parts.query.split("&") if pair and not _is_tracking(pair))
    return parts._replace(query=query).geturl()


def checked_url(url: str, *, allowed: Allowed | None = None) -> str:
    """An address that may be asked for, its parameters as given, no fragment. Raises BadAddress."""
    parts = _split(url)
    host = _host(parts, allowed or is_public)
    port = _port(parts)
    authority = host if port in (None, DEFAULT_PORTS[parts.scheme]) else f"{host}:{port}"
    path = _without_dot_segments(escaped(parts.path)) or "/"
    result = SplitResult(parts.scheme, authority, path, escaped(parts.query), "").geturl()
    if len(result) > MAX_LENGTH:
        raise BadAddress(f"The address is longer than {MAX_LENGTH} characters.")
    return result


def is_public(address: IPAddress) -> bool:
    """Whether an address belongs to the public internet, looking through the IPv6 forms of IPv4."""
    if isinstance(address, IPv6Address):
        inner = _embedded_ipv4(address)
        if inner is not None:
            return is_public(inner)
        if address.scope_id is not None or address not in GLOBAL_UNICAST:
            return False
    if any(address.version == network.version and address in network for network in SPECIAL):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved)


def site_of(url: str) -> str:
    """The host without "www.", in lower case; "" where there is none."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def escaped(text: str) -> str:
    """Percent-escapes in one form: needless ones undone, the others in upper case, the rest escaped."""

    def plain(match: re.Match[str]) -> str:
        char = chr(int(match[1], 16))
        return char if char in _UNRESERVED else match[0].upper()

    return quote(_ESCAPE.sub(plain, text), safe="/%:=&?~+!$,;'@()*[]|._-", errors="replace")


def _embedded_ipv4(address: IPv6Address) -> IPv4Address | None:
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def _split(url: str) -> SplitResult:
    url = url.strip()
    if not url:
        raise BadAddress("Give an address.")
    if len(url) > 2 * MAX_LENGTH:
        raise BadAddress(f"The address is longer than {MAX_LENGTH} characters.")
    if _CONTROL.search(url):
        raise BadAddress("The address holds a line break or another control character.")
    try:
        parts = urlsplit(url)
    except ValueError:
        raise BadAddress("The address cannot be read; give one like https://example.org/page.") from None
    if parts.scheme not in DEFAULT_PORTS:
        raise BadAddress("Only addresses that begin with http:// or https:// can be used.")
    if "\\" in parts.netloc or " " in parts.netloc or not parts.netloc:
        raise BadAddress("The address names no site; give one like https://example.org/page.")
    if "@" in parts.netloc:
        raise BadAddress("The address holds a user name or password; leave them out.")
    return parts


def _port(parts: SplitResult) -> int | None:
    try:
        port = parts.port
    except ValueError:
        port = 0
    if port == 0:
        raise BadAddress("The port in the address must be a number from 1 to 65535.")
    return port


def _host(parts: SplitResult, allowed: Allowed) -> str:
    raw = parts.hostname or ""
    if parts.netloc.startswith("["):
        return f"[{_allowed_ip(raw, allowed)}]"
    host = _ascii_host(raw)
    labels = host.split(".")
    if _NUMERIC_LABEL.fullmatch(labels[-1]):
        # Other spellings of an IP address (2130706433, 0x7f.1, 0177.0.0.1) are read differently by
        # different programs: only the plain one is taken.
        return _allowed_ip(host, allowed)
    if not all(_LABEL.fullmatch(label) for label in labels) or len(host) > 253:
        raise BadAddress(f"“{raw[:80]}” is not the name of a site.")
    if len(labels) == 1 or host.endswith(INNER_SUFFIXES):
        raise BadAddress(f"“{raw[:80]}” is not a site on the public internet.")
    return host


def _ascii_host(raw: str) -> str:
    host = unquote(raw).lower()
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError):
            raise BadAddress(f"“{raw[:80]}” is not the name of a site.") from None
    return host.removesuffix(".")


def _allowed_ip(host: str, allowed: Allowed) -> str:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        raise BadAddress(f"“{host[:80]}” is not the name or the plain IP address of a site.") from None
    if not allowed(address):
        raise BadAddress(f"{address} is not an address on the public internet.")
    return str(address)


def _without_dot_segments(path: str) -> str:
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments and segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)


def _is_tracking(pair: str) -> bool:
    name = unquote(pair.partition("=")[0]).lower()
    return name in TRACKING or name.startswith(TRACKING_PREFIXES)
