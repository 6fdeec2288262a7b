"""Sources: what stands on them, what they said, fetching them again."""

import gzip
from pathlib import Path

from django.test import Client

from claims.models import User
from tests.factories import (
    NOW,
    make_article,
    make_claim,
    make_evidence,
    make_snapshot,
    make_source,
)
from tests.pages.conftest import browser_of
from tests.pages.reading import words


def test_a_source_shows_what_stands_on_it(desk: Client) -> None:
    source = make_source(title="Minutes")
    make_evidence(make_claim(text="The bridge is closed."), source=source)
    page = words(desk.get(f"/sources/{source.pk}/"))
    assert "The bridge is closed. supports" in page
    assert "1 claim stands on it" in words(desk.get("/sources/"))


def test_a_snapshot_marks_the_quote(desk: Client) -> None:
    source = make_source()
    shot = make_snapshot(source, "First. The bridge is closed. <b>Last</b>.")
    item = make_evidence(make_claim(), source=source, snapshot=shot, quote_start=7)
    page = desk.get(f"/snapshots/{shot.pk}/?quote={item.pk}").content.decode()
    assert 'First. <mark id="quote">The bridge is closed.</mark> &lt;b&gt;Last' in page


def test_a_source_is_fetched_again(desk: Client) -> None:
    source = make_source(work_state="failed", failure="No answer.")
    desk.post(f"/sources/{source.pk}/fetch/")
    source.refresh_from_db()
    assert source.work_state == "queued"


def test_only_failed_ones_on_demand(desk: Client) -> None:
    make_source(title="Good one")
    make_source(title="Lost one", work_state="failed", failure="The page is gone.")
    page = words(desk.get("/sources/?fetch=failed"))
    assert "Lost one" in page
    assert "Good one" not in page


def test_a_snapshot_shows_what_was_kept_and_what_is_lost(desk: Client, settings, tmp_path: Path) -> None:
    shot = make_snapshot(make_source(), "The bridge is closed.", headers={"server": "Mill/1"})
    page = words(desk.get(f"/snapshots/{shot.pk}/"))
    assert "28 bytes, proved by the hash" in page
    assert "server Mill/1" in page
    settings.SNAPSHOT_DIR = tmp_path
    page = words(desk.get(f"/snapshots/{shot.pk}/"))
    assert f"The file {shot.content_hash}.zst is missing" in page
    assert "The bridge is closed." in page


def test_reviewers_take_snapshots_out(desk: Client) -> None:
    source = make_source(confirmed_at=NOW)
    shot = make_snapshot(source)
    article = make_article(snapshot=shot)
    assert "unchanged on 2 Mar 2026" in words(desk.get(f"/sources/{source.pk}/"))
    for page, name in ((f"/sources/{source.pk}/", "source"), (f"/articles/{article.pk}/", "article")):
        assert f'href="{page}warc/"' in desk.get(page).content.decode()
        answer = desk.get(f"{page}warc/")
        assert answer["Content-Type"] == "application/gzip"
        assert answer["Content-Disposition"].endswith(f'filename="{name}-{page.split("/")[2]}.warc.gz"')
        assert b"WARC/1.1" in gzip.decompress(b"".join(answer.streaming_content))


def test_where_nothing_was_fetched_there_is_nothing_to_take_out(desk: Client) -> None:
    source = make_source()
    assert "Export as WARC" not in desk.get(f"/sources/{source.pk}/").content.decode()
    answer = desk.get(f"/sources/{source.pk}/warc/")
    assert answer.status_code == 409
    assert "has not been fetched yet" in words(answer)


def test_contributors_take_nothing_out(carl: User) -> None:
    source = make_source()
    make_snapshot(source)
    client = browser_of(carl)
    assert "Export as WARC" not in client.get(f"/sources/{source.pk}/").content.decode()
    assert client.get(f"/sources/{source.pk}/warc/").status_code == 403
