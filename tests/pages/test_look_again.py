"""Re-checks and their reminders: from the list, the inbox or the claim's page."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from claims import rechecks, reminders
from claims.models import Claim, Recheck, Reminder, User
from tests.factories import make_article, make_claim, publish
from tests.pages.conftest import browser_of
from tests.pages.reading import words


@pytest.fixture
def due(ravi: User) -> Recheck:
    """A re-check of Ravi's that fell due a day ago."""
    claim = make_claim(make_article(), text="The harbour bridge is closed.", volatility="fast")
    publish(claim, by=ravi, at=timezone.now() - timedelta(days=8))
    return Recheck.objects.get()


def reminded(due: Recheck) -> None:
    while reminders.remind_due(at=timezone.now()):
        pass


def outcome(desk: Client, due: Recheck, **form: str) -> object:
    return desk.post(f"/rechecks/{due.pk}/outcome/", form, follow=True)


def test_still_so_in_one_click_sets_the_next_look(desk: Client, due: Recheck) -> None:
    answer = outcome(desk, due, outcome="still_so", next="/rechecks/")
    assert answer.redirect_chain[-1][0] == "/rechecks/"
    assert "Noted: still so. The next look is due on" in words(answer)
    assert Recheck.objects.open().get().due_at > timezone.now()


def test_a_change_leads_to_a_new_verdict(desk: Client, due: Recheck) -> None:
    answer = outcome(desk, due, outcome="changed", note="It opened on Sunday.")
    assert answer.redirect_chain[-1][0] == f"/claims/{due.claim_id}/#verdicts"
    assert "Now submit the new verdict" in words(answer)


def test_cannot_confirm_needs_a_note(desk: Client, due: Recheck) -> None:
    answer = outcome(desk, due, outcome="cannot_confirm")
    assert answer.status_code == 422
    assert "Note: This cannot be empty." in words(answer)


def test_two_who_look_at_once_do_not_undo_each_other(desk: Client, other_desk: Client, due: Recheck) -> None:
    outcome(other_desk, due, outcome="still_so")
    answer = outcome(desk, due, outcome="changed")
    assert answer.status_code == 409
    assert "Edith Oka has recorded “still so” meanwhile." in words(answer)


def test_moving_it_needs_a_day_to_come_and_a_reason(desk: Client, due: Recheck) -> None:
    past = desk.post(f"/rechecks/{due.pk}/move/", {"due_on": "2020-01-01", "why": "the vote"})
    assert "Give a time to come" in words(past)
    day = timezone.localdate() + timedelta(days=30)
    desk.post(f"/rechecks/{due.pk}/move/", {"due_on": day.isoformat(), "why": "the vote"})
    moved = Recheck.objects.open().get()
    assert (timezone.localdate(moved.due_at), moved.why) == (day, "the vote")


def test_handing_over_changes_the_assignee(desk: Client, due: Recheck, edith: User) -> None:
    desk.post(f"/rechecks/{due.pk}/hand-over/", {"assignee": edith.pk})
    due.refresh_from_db()
    assert due.assignee == edith


def test_the_list_opens_where_there_is_work(desk: Client, other_desk: Client, due: Recheck) -> None:
    assert "The harbour bridge is closed." in words(desk.get("/rechecks/"))
    assert "The harbour bridge is closed." not in words(other_desk.get("/rechecks/"))
    assert "The harbour bridge is closed." in words(other_desk.get("/rechecks/?whose=all"))


def test_a_reminder_is_counted_read_and_acted_on(desk: Client, due: Recheck) -> None:
    reminded(due)
    page = desk.get("/inbox/")
    assert 'aria-label="Inbox, 1 unread"' in page.content.decode()
    assert "its e-mail waits to be sent" in words(page)
    outcome(desk, due, outcome="still_so", next="/inbox/")
    assert "Done: still so" in words(desk.get("/inbox/"))


def test_an_email_that_went_out_is_shown_as_it_was(desk: Client, due: Recheck, ravi: User) -> None:
    reminded(due)
    reminders.send_next(at=timezone.now())
    page = words(desk.get("/inbox/"))
    assert "also sent by e-mail" in page
    assert f"e-mail to {ravi.email}" in page


def test_marking_as_read_is_for_ones_own_only(desk: Client, other_desk: Client, due: Recheck) -> None:
    reminded(due)
    row = Reminder.objects.get(channel="inbox")
    assert other_desk.post(f"/inbox/{row.pk}/read/").status_code == 404
    desk.post("/inbox/read/", {"newest": row.pk})
    row.refresh_from_db()
    assert row.read_at is not None


def test_a_due_claim_asks_for_a_look_on_its_page(desk: Client, due: Recheck) -> None:
    page = words(desk.get(f"/claims/{due.claim_id}/"))
    assert "re-check due" in page
    assert "Look at it again" in page


def test_the_policy_is_there_to_read(desk: Client) -> None:
    page = words(desk.get("/rechecks/policy/"))
    assert "A status after 14 days A status can change any day." in page


def test_a_claim_is_retired_from_its_recheck(desk: Client, due: Recheck) -> None:
    outcome(desk, due, outcome="retired", note="The bridge is gone.")
    assert Claim.objects.get().state == "retired"


def still_so(desk: Client, page: str, claim_id: int, **more: str) -> Any:
    """Press the button that stands on this page."""
    body = desk.get(page).content.decode()
    seen = re.search(r'name="seen" value="([^"]+)"', body)
    assert seen, page
    assert f"/claims/{claim_id}/still-so/" in body
    return desk.post(f"/claims/{claim_id}/still-so/", {"seen": seen[1], "next": page} | more, follow=True)


@pytest.mark.parametrize("page", ["/claims/{}/", "/rechecks/", "/inbox/", "/claims/"])
def test_still_so_is_one_press_wherever_the_claim_is_seen(desk: Client, due: Recheck, page: str) -> None:
    reminded(due)
    address = page.format(due.claim_id)
    before = timezone.now()
    answer = still_so(desk, address, due.claim_id)
    assert answer.redirect_chain[-1][0] == address
    assert "Noted: still so. The next look is due on" in words(answer)
    due.refresh_from_db()
    assert due.outcome == "still_so"
    verified_at = Claim.objects.get().last_verified_at
    assert verified_at is not None
    assert verified_at > before
    assert "→ still so" in words(desk.get(f"/claims/{due.claim_id}/history/"))


def test_still_so_pressed_twice_counts_once(desk: Client, due: Recheck) -> None:
    address = f"/claims/{due.claim_id}/"
    seen = timezone.now().isoformat()
    first = desk.post(f"{address}still-so/", {"seen": seen}, follow=True)
    second = desk.post(f"{address}still-so/", {"seen": seen}, follow=True)
    assert "Noted: still so." in words(first)
    assert "Ravi Lind has recorded “still so” meanwhile." in words(second)
    assert Recheck.objects.filter(outcome="still_so").count() == 1


def test_still_so_for_a_claim_without_a_recheck(desk: Client, ravi: User) -> None:
    claim = make_claim()
    publish(claim, "satire", by=ravi)
    answer = still_so(desk, f"/claims/{claim.pk}/", claim.pk)
    assert "No further re-check is set." in words(answer)


def test_still_so_without_the_moment_is_asked_for_again(desk: Client, due: Recheck) -> None:
    answer = desk.post(f"/claims/{due.claim_id}/still-so/", {"seen": "x"}, follow=True)
    assert "Load the page again, then confirm." in words(answer)


def test_a_contributor_has_no_such_button(due: Recheck, carl: User) -> None:
    contributor = browser_of(carl)
    for page in (f"/claims/{due.claim_id}/", "/rechecks/?whose=all", "/claims/"):
        assert "still-so" not in contributor.get(page).content.decode()
    contributor.post(f"/claims/{due.claim_id}/still-so/", {"seen": timezone.now().isoformat()})
    assert not Recheck.objects.filter(outcome="still_so").exists()


def test_what_brought_a_look_forward_is_listed(desk: Client, due: Recheck) -> None:
    for number in (1, 2):
        rechecks.bring_forward(
            claim=due.claim, rule="source_gone", why=f"Source {number} is <gone>.", at=timezone.now()
        )
    page = words(desk.get(f"/claims/{due.claim_id}/"))
    assert "Source 1 is <gone>." in page
    assert "Source 2 is <gone>." in page


def test_how_fast_a_claim_changes_is_said_on_its_page(desk: Client, due: Recheck) -> None:
    address = f"/claims/{due.claim_id}/"
    answer = desk.post(f"{address}volatility/", {"volatility": "slow"}, follow=True)
    assert "Noted: it changes slowly." in words(answer)
    assert desk.post(f"{address}volatility/", {"volatility": "wild"}).status_code == 422


def test_the_load_to_come_is_a_table(desk: Client, due: Recheck) -> None:
    page = words(desk.get("/rechecks/forecast/"))
    assert "Everybody 1 0 0" in page
    assert "Ravi Lind 1 0 0" in page


def test_an_empty_load_says_so(desk: Client) -> None:
    assert "No re-check falls due in these weeks." in words(desk.get("/rechecks/forecast/"))
