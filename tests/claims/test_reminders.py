"""A due re-check reminds its people once on each channel."""

from datetime import datetime

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims import rechecks, reminders, tasks, triage
from claims.errors import Forbidden
from claims.models import Recheck, Reminder, User
from tests.factories import NOW, days, make_claim, make_user, publish

pytestmark = pytest.mark.django_db
DUE = NOW + days(14)


@pytest.fixture
def recheck() -> Recheck:
    claim = make_claim(text="The bridge is closed.")
    publish(claim, by=make_user(username="rita"))
    claim.rechecks.update(due_at=DUE)
    return claim.rechecks.get()


def work_off() -> None:
    while reminders.remind_due(at=DUE):
        pass
    while reminders.send_next(at=DUE):
        pass


def test_nothing_goes_out_before_it_is_due(recheck: Recheck) -> None:
    assert not reminders.remind_due(at=recheck.due_at - days(0.001))
    assert reminders.remind_due(at=recheck.due_at)


def test_the_assignee_is_told_in_the_inbox_and_by_mail(recheck: Recheck) -> None:
    work_off()
    inbox, email = Reminder.objects.order_by("-channel")
    assert inbox.person.username == email.person.username == "rita"
    assert "The bridge is closed." in mail.outbox[0].body
    assert f"/claims/{recheck.claim_id}" in mail.outbox[0].body
    assert email.sent_at == DUE


def test_each_reminder_goes_out_once(recheck: Recheck) -> None:
    work_off()
    work_off()
    assert Reminder.objects.count() == 2
    assert len(mail.outbox) == 1


def test_a_mail_that_was_being_sent_when_the_worker_died_is_the_same_mail_again(recheck: Recheck) -> None:
    work_off()
    first = mail.outbox[0].message()["Message-ID"]
    Reminder.objects.filter(channel="email").update(work_state="running", lease_until=DUE, sent_at=None)
    assert reminders.send_next(at=DUE + days(1))
    assert mail.outbox[1].message()["Message-ID"] == first


def test_a_refused_mail_is_tried_again_and_the_reason_is_kept(
    recheck: Recheck, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object) -> int:
        raise OSError("connection refused")

    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", refuse)
        work_off()
    email = Reminder.objects.get(channel="email")
    assert (email.work_state, email.sent_at) == ("queued", None)
    assert "connection refused" in email.failure
    assert reminders.send_next(at=DUE + days(1))
    assert len(mail.outbox) == 1


def test_a_sent_mail_leaves_no_lock_behind(recheck: Recheck) -> None:
    work_off()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
        assert cursor.fetchone() == (0,)


def test_a_worker_whose_lease_ran_out_does_not_write_over_the_next_one(
    recheck: Recheck, monkeypatch: pytest.MonkeyPatch
) -> None:
    def send_slowly(*args: object) -> int:
        monkeypatch.undo()
        assert reminders.send_next(at=DUE + days(1))
        raise OSError("connection lost")

    monkeypatch.setattr(EmailBackend, "send_messages", send_slowly)
    work_off()
    email = Reminder.objects.get(channel="email")
    assert (email.work_state, email.sent_at, email.failure) == ("done", DUE + days(1), "")


def test_a_look_taken_in_time_reminds_nobody(recheck: Recheck) -> None:
    rechecks.record_outcome(recheck=recheck, outcome="still_so", by=make_user(), at=recheck.due_at - days(1))
    assert not reminders.remind_due(at=recheck.due_at)


def test_without_an_assignee_the_editors_are_told(recheck: Recheck) -> None:
    Recheck.objects.update(assignee=None)
    editor = make_user("editor")
    work_off()
    assert editor in {reminder.person for reminder in Reminder.objects.all()}


def test_without_an_editor_whoever_administers_is_told(recheck: Recheck) -> None:
    Recheck.objects.update(assignee=None)
    User.objects.filter(groups__name="editor").update(is_active=False)
    administrator = make_user("administrator")
    work_off()
    assert {reminder.person for reminder in Reminder.objects.all()} == {administrator}


def test_who_is_assigned_a_due_claim_is_reminded_too(recheck: Recheck) -> None:
    work_off()
    ines = make_user(username="ines2")
    triage.assign(claims=[recheck.claim], assignee=ines, by=make_user("editor"), at=DUE)
    work_off()
    assert ines.reminders.count() == 2


def test_who_takes_over_a_due_look_is_reminded_too(recheck: Recheck) -> None:
    work_off()
    ines = make_user(username="ines")
    rechecks.hand_over(recheck=recheck, assignee=ines, by=make_user("editor"), at=DUE)
    work_off()
    assert ines.reminders.count() == 2
    assert Reminder.objects.filter(person__username="rita").count() == 2


def test_without_an_address_there_is_only_the_inbox(recheck: Recheck) -> None:
    recheck.assignee.email = ""
    recheck.assignee.save()
    work_off()
    assert Reminder.objects.get().channel == "inbox"


def test_one_marks_only_ones_own_as_read(recheck: Recheck) -> None:
    work_off()
    mine = Reminder.objects.filter(channel="inbox")
    with pytest.raises(Forbidden):
        reminders.mark_read(reminders=mine, by=make_user(), at=DUE)
    reminders.mark_read(reminders=mine, by=recheck.assignee, at=DUE)
    assert mine.get().read_at == DUE


def test_the_beat_task_does_all_of_it(recheck: Recheck) -> None:
    make_user("editor", email="")
    recheck.due_at = timezone.now()
    recheck.save()
    tasks.send_reminders()
    assert len(mail.outbox) == 1


def test_what_has_been_looked_at_meanwhile_is_not_mailed(recheck: Recheck) -> None:
    reminders.remind_due(at=DUE)
    rechecks.record_outcome(recheck=recheck, outcome="still_so", by=make_user(), at=DUE)
    work_off()
    email = Reminder.objects.get(channel="email")
    assert (email.work_state, email.sent_at, mail.outbox) == ("done", None, [])


def test_the_reminder_keeps_the_words_of_its_moment(recheck: Recheck) -> None:
    work_off()
    recheck.claim.text = "The bridge is open."
    recheck.claim.save()
    assert {row.text for row in Reminder.objects.all()} == {"The bridge is closed."}


def test_more_of_them_mean_no_more_questions() -> None:
    claim, other = make_claim(), make_claim()
    for one in (claim, other):
        publish(one)

    def questions(at: datetime) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert reminders.remind_due(at=at)
        return len(asked)

    Recheck.objects.filter(claim=claim).update(due_at=DUE)
    one = questions(DUE)
    Recheck.objects.update(due_at=DUE, reminded_stage=0, round=1)
    assert questions(DUE) == one <= 8
    assert Reminder.objects.filter(channel="inbox", round=1).count() == 2
