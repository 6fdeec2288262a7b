"""Snapshots as a WARC file (ISO 28500), which web archives and their tools read."""

from __future__ import annotations

import io
import uuid
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC
from http.client import responses

from django.conf import settings
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from sources import bodies
from sources.models import Snapshot

MEDIA_TYPE = "application/gzip"
VERSION = "WARC/1.1"
# True of the answer on its way, not of the body as it is kept: told under another name, as archives do.
OF_THE_WAY = frozenset({"connection", "content-encoding", "content-length", "transfer-encoding"})

Told = Callable[[Snapshot, bodies.Lost], object]


def records(
    snapshots: Iterable[Snapshot], *, name: str, lost: Told = lambda snapshot, why: None
) -> Iterator[bytes]:
    """The bytes of a WARC file of this name, record by record, each packed by itself (.warc.gz).

    First who made it, then the answer of each snapshot. One whose body is lost has a record of type
    metadata that says so, and is told to `lost`.
    """
    info = {"software": settings.FETCH_USER_AGENT, "isPartOf": settings.SITE_NAME, "format": VERSION}
    yield _packed(lambda writer: writer.create_warcinfo_record(name, info))
    for snapshot in snapshots:
        try:
            body = bodies.read(snapshot.content_hash)
        except bodies.Lost as why:
            lost(snapshot, why)
            yield _metadata(snapshot, f"lost: {why.message}\r\n")
        else:
            yield _response(snapshot, body)


def _response(snapshot: Snapshot, body: bytes) -> bytes:
    headers = snapshot.headers or {"content-type": snapshot.content_type}
    kept = [
        (f"X-Archive-Orig-{name}" if name.lower() in OF_THE_WAY else name, value)
        for name, value in headers.items()
    ]
    status = f"{snapshot.http_status} {responses.get(snapshot.http_status, '')}".strip()
    http = StatusAndHeaders(status, [*kept, ("Content-Length", str(len(body)))], protocol="HTTP/1.1")
    return _packed(
        lambda writer: writer.create_warc_record(
            snapshot.url,
            "response",
            payload=io.BytesIO(body),
            length=len(body),
            http_headers=http,
            warc_headers_dict=_about(snapshot, "response"),
        )
    )


def _metadata(snapshot: Snapshot, fields: str) -> bytes:
    payload = fields.encode()
    return _packed(
        lambda writer: writer.create_warc_record(
            snapshot.url,
            "metadata",
            payload=io.BytesIO(payload),
            length=len(payload),
            warc_headers_dict=_about(snapshot, "metadata"),
        )
    )


def _about(snapshot: Snapshot, kind: str) -> dict[str, str]:
    """The same record has the same name in every export."""
    name = uuid.uuid5(uuid.NAMESPACE_URL, f"{settings.SITE_URL}/snapshots/{snapshot.pk}/{kind}")
    return {
        "WARC-Record-ID": f"<urn:uuid:{name}>",
        "WARC-Date": snapshot.fetched_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
    }


def _packed(make: Callable[[WARCWriter], object]) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version=VERSION)
    writer.write_record(make(writer))
    return out.getvalue()
