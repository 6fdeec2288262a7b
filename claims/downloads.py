"""Files that are sent while they are made."""

from __future__ import annotations

from django.http import StreamingHttpResponse

from claims.archives import Archive
from sources import warc


def warc_file(archive: Archive) -> StreamingHttpResponse:
    disposition = f'attachment; filename="{archive.name}"'
    return StreamingHttpResponse(
        archive.pieces, content_type=warc.MEDIA_TYPE, headers={"Content-Disposition": disposition}
    )
