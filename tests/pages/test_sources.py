"""Sources: what stands on them, what they said, fetching them again."""

from django.test import Client

from sources.models import Snapshot, Source
from tests.factories import NOW, make_claim, make_evidence, make_source
from tests.pages.reading import words


def snapshot_of(source: Source, text: str) -> Snapshot:
    return Snapshot.objects.create(
        source=source,
        url=source.url,
        fetched_at=NOW,
        http_status=200,
        content_hash="ab" * 32,
        body=b"",
        text=text,
    )


def test_a_source_shows_what_stands_on_it(desk: Client) -> None:
    source = make_source(title="Minutes")
    make_evidence(make_claim(text="The bridge is closed."), source=source)
    page = words(desk.get(f"/sources/{source.pk}/"))
    assert "The bridge is closed. supports" in page
    assert "1 claim stands on it" in words(desk.get("/sources/"))


def test_a_snapshot_marks_the_quote(desk: Client) -> None:
    source = make_source()
    shot = snapshot_of(source, "First. The bridge is closed. <b>Last</b>.")
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
