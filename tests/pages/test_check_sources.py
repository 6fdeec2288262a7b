"""Whether a source is still there: on its page, in the list, and asked for."""

from django.test import Client

from sources.models import Check
from tests.factories import NOW, days, make_snapshot, make_source
from tests.pages.reading import words


def test_a_source_says_what_its_checks_found(desk: Client) -> None:
    source = make_source(
        liveness="blocked", liveness_since=NOW, liveness_why="The site says <no>.", checked_at=NOW
    )
    make_snapshot(source)
    for n, (state, outcome) in enumerate((("done", "blocked"), ("failed", ""), ("queued", ""))):
        Check.objects.create(
            source=source, asked_at=NOW + days(n), not_before=NOW, scheduled=n > 0,
            work_state=state, outcome=outcome, failure="Nobody answered." if n == 1 else "",
        )  # fmt: skip
    page = desk.get(f"/sources/{source.pk}/")
    assert "cannot be read since 2 Mar 2026, 12:00 The site says <no>." in words(page)
    assert "3 checks" in words(page)
    assert "under way" in words(page)
    assert "nothing found out Nobody answered." in words(page)
    assert "cannot be read asked for" in words(page)


def test_the_list_is_filtered_by_what_was_found(desk: Client) -> None:
    make_source(title="Lost record", liveness="gone", liveness_since=NOW)
    make_source(title="Sound record", liveness="unchanged", liveness_since=NOW)
    page = words(desk.get("/sources/?liveness=gone"))
    assert "Lost record" in page
    assert "Sound record" not in page
    assert "Sound record" in words(desk.get("/sources/?liveness=nonsense"))


def test_a_check_is_asked_for(desk: Client) -> None:
    source = make_source()
    make_snapshot(source)
    answer = desk.post(f"/sources/{source.pk}/check/", follow=True)
    assert "is being checked" in words(answer)
    assert source.checks.get().scheduled is False


def test_what_was_never_fetched_has_no_button_and_no_check(desk: Client) -> None:
    source = make_source()
    assert "Check now" not in words(desk.get(f"/sources/{source.pk}/"))
    answer = desk.post(f"/sources/{source.pk}/check/", follow=True)
    assert "nothing to compare" in words(answer)
    assert not source.checks.exists()
