"""What has changed in a source, and what became of the quotes: on its page, on the claim's, side by side."""

from __future__ import annotations

import pytest
from django.test import Client

from claims import evidence, quotes
from claims.models import Evidence, User
from sources.cataloguing import tell_of_text
from sources.models import Source
from tests.factories import NOW, days, make_claim, make_snapshot, make_source, publish
from tests.pages.reading import words

OLD = "The board voted to close the <b>east</b> pier until May."
NEW = "The board voted to repaint the <b>east</b> pier until June."


@pytest.fixture
def item(ravi: User, edith: User) -> Evidence:
    """Evidence whose quote is gone since the day after it was attached."""
    source = make_source(title="Minutes")
    make_snapshot(source, OLD)
    attached = evidence.attach(
        claim=make_claim(text="The pier is closed."), source=source, stance="supports", quote=OLD,
        by=ravi, at=NOW,
    )  # fmt: skip
    publish(attached.claim, by=ravi, approved_by=edith)
    changes(source, NEW)
    return attached


def changes(source: Source, text: str, after: float = 1) -> None:
    at = NOW + days(after)
    tell_of_text(source=source, snapshot=make_snapshot(source, text, at=at), at=at)
    assert quotes.follow_change(at=at)


def test_the_words_taken_out_and_put_in_are_marked_and_nothing_else_is_markup(
    desk: Client, item: Evidence
) -> None:
    page = desk.get(f"/sources/{item.source_id}/difference/").content.decode()
    assert "<del> close</del><ins> repaint</ins>" in page
    assert "<del> May</del><ins> June</ins>" in page
    assert "&lt;b&gt;east&lt;/b&gt;" in page


def test_the_claim_says_that_the_quote_is_gone_and_leads_to_the_difference(
    desk: Client, item: Evidence
) -> None:
    page = desk.get(f"/claims/{item.claim_id}/")
    assert "quote no longer there since 3 Mar 2026" in words(page)
    assert "A quoted passage is no longer in its source: “Minutes”. See what has changed" in words(page)
    link = item.claim.recheck_causes.get().link
    assert f'href="{link.replace("&", "&amp;")}"' in page.content.decode()
    shown = words(desk.get(link))
    assert f"The quote For the claim The pier is closed. {OLD}" in shown
    assert "Most like it now: The board voted to repaint" in shown


def test_a_quote_that_is_back_says_so(desk: Client, item: Evidence) -> None:
    changes(item.source, f"Corrected. {OLD}", after=2)
    page = words(desk.get(f"/claims/{item.claim_id}/"))
    assert "quote still there on 4 Mar 2026 it is back: it was gone before" in page


def test_the_quote_is_marked_in_each_snapshot_that_has_it(desk: Client, item: Evidence) -> None:
    changes(item.source, f"Corrected. {OLD}", after=2)
    newest = item.source.latest_snapshot()
    assert newest is not None
    page = desk.get(f"/snapshots/{newest.pk}/?quote={item.pk}").content.decode()
    assert 'Corrected. <mark id="quote">The board voted to close' in page


def test_any_two_snapshots_are_compared(desk: Client, item: Evidence) -> None:
    changes(item.source, f"Corrected. {OLD}", after=2)
    first, _, last = item.source.snapshots.order_by("pk")
    page = words(desk.get(f"/sources/{item.source_id}/difference/?before={first.pk}&after={last.pk}"))
    assert "Corrected." in page
    assert "repaint" not in page
    assert words(desk.get(f"/sources/{item.source_id}/")).count("what has changed") == 2


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("?before=999999", 422, "no snapshot 999999"),
        ("?after=1", 422, "no snapshot 1"),
        ("?after=x", 409, "once only"),
    ],
)
def test_what_cannot_be_compared_says_why(desk: Client, query: str, status: int, said: str) -> None:
    source = make_source()
    make_snapshot(source)
    if query == "?after=1":
        query = f"?after={make_snapshot(make_source()).pk}"
        said = said.removesuffix("1")
    answer = desk.get(f"/sources/{source.pk}/difference/{query}")
    assert answer.status_code == status
    assert said in words(answer)


def test_a_source_that_was_never_fetched_has_nothing_to_compare(desk: Client) -> None:
    answer = desk.get(f"/sources/{make_source().pk}/difference/")
    assert answer.status_code == 409
    assert "not been fetched" in words(answer)


def test_a_huge_difference_is_cut_short(desk: Client) -> None:
    source = make_source()
    make_snapshot(source, "a" * 90_000)
    make_snapshot(source, "b" * 90_000, at=NOW + days(1))
    page = desk.get(f"/sources/{source.pk}/difference/")
    assert "too long to be shown" in words(page)
    assert len(page.content) < 100_000
