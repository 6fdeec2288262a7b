"""Sources and publishers: one for each address and site, and nothing typed is overwritten."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from sources import bodies
from sources.addresses import BadAddress
from sources.cataloguing import add_source, publisher_named, refetch, store_snapshot
from sources.fetching import Fetched
from sources.models import Publisher, Source

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
URL = "https://www.milltown.example/pier"


def fetched(body: bytes = b"<p>The pier is shut.</p>") -> Fetched:
    return Fetched(URL, 200, "text/html", body, {})


def test_a_new_address_becomes_a_source_that_waits_to_be_fetched() -> None:
    source, created = add_source(url=URL + "?utm_source=x#top", at=AT, title="Pier", kind="official")
    assert created
    assert (source.url, source.title, source.kind, source.added_at) == (URL, "Pier", "official", AT)
    assert list(Source.objects.waiting(at=AT)) == [source]


def test_a_known_address_is_the_same_source() -> None:
    first, _ = add_source(url=URL, at=AT)
    again, created = add_source(url="HTTPS://WWW.Milltown.example:443/pier", at=AT)
    assert (again, created) == (first, False)


def test_details_for_a_known_source_fill_only_what_is_empty() -> None:
    add_source(url=URL, at=AT, title="Pier")
    source, _ = add_source(url=URL, at=AT, title="Other", publisher="Board", published_on=date(2026, 3, 1))
    source.refresh_from_db()
    assert (source.title, str(source.publisher), source.published_on) == ("Pier", "Board", date(2026, 3, 1))


@pytest.mark.parametrize("url", ["", "ftp://milltown.example/", "http://127.0.0.1/", "http://localhost/"])
def test_an_unusable_address_becomes_no_source(url: str) -> None:
    with pytest.raises(BadAddress):
        add_source(url=url, at=AT)
    assert not Source.objects.exists()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_an_address_added_by_several_at_once_is_one_source() -> None:
    def add(_: int) -> tuple[Source, bool]:
        try:
            return add_source(url=URL, at=AT, publisher="")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(add, range(8)))
    assert len({source.pk for source, _ in outcomes}) == 1
    assert sum(created for _, created in outcomes) == 1


def test_a_site_has_one_publisher() -> None:
    first = publisher_named(name="Milltown Post", site="www.post.example")
    assert publisher_named(name="The Post", site="post.example") == first
    assert publisher_named(name="milltown  POST") == first
    assert (first.name, first.site) == ("Milltown Post", "post.example")


def test_a_publisher_known_by_its_site_gets_its_name_later() -> None:
    first = publisher_named(name="post.example", site="post.example")
    assert publisher_named(name="Milltown Post", site="post.example") == first
    assert Publisher.objects.get().name == "Milltown Post"


def test_a_site_that_calls_itself_like_another_publisher_is_not_taken_for_it() -> None:
    known = publisher_named(name="Milltown Post")
    assert publisher_named(name="Milltown Post", site="fake.example") != known


def test_the_same_body_is_kept_once_in_a_row() -> None:
    source, _ = add_source(url=URL, at=AT)
    first = store_snapshot(fetched=fetched(), text="The pier is shut.", at=AT, source=source)
    again = store_snapshot(fetched=fetched(), text="The pier is shut.", at=AT, source=source)
    changed = store_snapshot(
        fetched=fetched(b"<p>Open</p>"), text="Open", at=AT + timedelta(days=1), source=source
    )
    back = store_snapshot(
        fetched=fetched(), text="The pier is shut.", at=AT + timedelta(days=2), source=source
    )
    assert again == first
    assert list(source.snapshots.order_by("pk")) == [first, changed, back]


def test_a_snapshot_holds_what_was_answered_and_is_not_edited() -> None:
    snapshot = store_snapshot(fetched=fetched(), text="The pier is shut.", at=AT)
    assert bodies.read(snapshot.content_hash) == b"<p>The pier is shut.</p>"
    snapshot.text = "open"
    with pytest.raises(ValidationError):
        snapshot.save()


def test_a_failed_source_can_be_asked_for_again() -> None:
    source, _ = add_source(url=URL, at=AT)
    source.fail(at=AT, code="not_found", message="Gone.", final=True)
    source.save()
    refetch(source=source, at=AT)
    source.refresh_from_db()
    assert (source.work_state, source.failure, source.attempts) == ("queued", "", 0)


def test_a_source_that_is_being_fetched_is_left_to_its_worker() -> None:
    source, _ = add_source(url=URL, at=AT)
    Source.objects.update(work_state="running", attempts=1)
    assert refetch(source=source, at=AT).attempts == 1
