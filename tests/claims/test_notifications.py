"""Each person is told when, how often and where they chose; a channel that fails is told, then given up."""

from __future__ import annotations

import hashlib
import hmac
import json
import smtplib
from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, transaction

from claims import notifications, rechecks, reminders
from claims.channels import CHANNELS, webhook
from claims.errors import Conflict, Forbidden, Invalid
from claims.models import Digest, NotificationSettings, PersonChannel, Recheck, Reminder, User
from sources.fetching import FetchError
from tests.factories import NOW, days, make_claim, make_user, publish

pytestmark = pytest.mark.django_db
HOOK = "https://hooks.example.org/T1/secret"


class Site:
    """Keeps what is posted to it; answers with the error that is set."""

    def __init__(self) -> None:
        self.got: list[tuple[str, bytes, dict[str, str]]] = []
        self.error: FetchError | None = None

    def post(self, url: str, *, body: bytes, content_type: str, headers: dict[str, str]) -> int:
        self.got.append((url, body, headers))
        if self.error:
            raise self.error
        return 200


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Site:
    site = Site()
    monkeypatch.setattr(webhook, "post", site.post)
    return site


@pytest.fixture
def mira() -> User:
    return make_user(username="mira")


def wish(person: User, at: datetime = NOW, **wishes: Any) -> None:
    notifications.change(person=person, wishes=wishes, by=person, at=at)


def turn(person: User, name: str, is_on: bool = True, address: str | None = HOOK) -> PersonChannel:
    return notifications.set_channel(
        person=person, name=name, is_on=is_on, address=address, by=person, at=NOW
    )


def due(person: User, number: int = 1) -> None:
    """So many re-checks of this person's that are due now, with reminders made."""
    editor = make_user("editor", email="")
    for n in range(number):
        claim = make_claim(text=f"Bridge {n} is closed.")
        publish(claim, by=person, approved_by=editor, at=NOW - days(30))
        claim.rechecks.update(due_at=NOW - timedelta(minutes=number - n))
    while reminders.remind_due(at=NOW):
        pass


def work_off(at: datetime) -> None:
    for step in (reminders.gather_digest, reminders.send_next):
        while step(at=at):
            pass


def rows(channel: str) -> list[Reminder]:
    return list(Reminder.objects.filter(channel=channel).order_by("pk"))


def test_quiet_hours_hold_mails_and_not_the_inbox(mira: User) -> None:
    wish(mira, quiet_from=time(11), quiet_until=time(15))  # NOW is noon
    due(mira)
    work_off(NOW)
    assert mail.outbox == []
    assert rows("inbox")[0].sent_at == NOW
    work_off(NOW + timedelta(hours=3))
    assert len(mail.outbox) == 1


def test_a_second_try_respects_quiet_hours_too(mira: User) -> None:
    due(mira)
    wish(mira, quiet_from=time(11), quiet_until=time(15))
    Reminder.objects.filter(channel="email").update(not_before=NOW)
    assert reminders.send_next(at=NOW)
    email = rows("email")[0]
    assert (email.attempts, email.not_before, email.work_state) == (0, NOW + timedelta(hours=3), "queued")


def test_a_digest_is_one_mail_with_all_that_waits(mira: User) -> None:
    wish(mira, rhythm="daily", digest_hour=18)
    due(mira, 3)
    work_off(NOW)
    assert mail.outbox == []
    evening = NOW + timedelta(hours=6)
    work_off(evening)
    work_off(evening + days(1))
    assert [letter.subject for letter in mail.outbox] == ["3 claims to look at again"]
    body = mail.outbox[0].body
    assert body.index("Bridge 0") < body.index("Bridge 1") < body.index("Bridge 2")
    assert {(row.work_state, row.sent_at) for row in rows("email")} == {("done", evening)}
    assert {row.digest for row in rows("email")} == {Digest.objects.get()}


def test_a_digest_leaves_out_what_was_looked_at(mira: User) -> None:
    wish(mira, rhythm="daily", digest_hour=18)
    due(mira, 2)
    first = Recheck.objects.order_by("due_at")[0]
    rechecks.record_outcome(recheck=first, outcome="still_so", by=mira, at=NOW)
    work_off(NOW + days(1))
    assert "Bridge 0" not in mail.outbox[0].body
    assert mail.outbox[0].subject == "1 claim to look at again"


def test_a_digest_that_broke_off_is_the_same_mail_again(mira: User) -> None:
    wish(mira, rhythm="daily", digest_hour=18)
    due(mira, 2)
    work_off(NOW + days(1))
    # As a worker leaves it that died between sending and marking.
    Digest.objects.update(work_state="running", lease_until=NOW + days(1), sent_at=None)
    Reminder.objects.filter(channel="email").update(work_state="queued", sent_at=None)
    work_off(NOW + days(2))
    first, again = (letter.message() for letter in mail.outbox)
    assert first["Message-ID"] == again["Message-ID"]
    assert first.get_payload() == again.get_payload()
    assert {row.sent_at for row in rows("email")} == {NOW + days(2)}


def test_a_digest_that_cannot_be_sent_fails_with_all_that_is_in_it(
    mira: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    wish(mira, rhythm="daily", digest_hour=18)
    due(mira, 2)
    monkeypatch.setattr(EmailBackend, "send_messages", refuse(ValueError("no header of this kind")))
    work_off(NOW + days(1))
    assert {(row.work_state, row.failure_code) for row in rows("email")} == {("failed", "mail")}


def test_who_wants_mails_at_once_again_gets_what_waited(mira: User) -> None:
    wish(mira, rhythm="weekly")
    due(mira)
    wish(mira, rhythm="at_once")
    work_off(NOW)
    assert len(mail.outbox) == 1


def test_times_in_a_mail_are_the_readers(mira: User) -> None:
    wish(mira, time_zone="Asia/Kathmandu")
    due(mira)
    work_off(NOW)
    assert "Due:  2 March 2026, 17:44" in mail.outbox[0].body


@pytest.mark.parametrize(
    ("wishes", "field"),
    [
        ({"time_zone": "Europe/Nowhere"}, "time_zone"),
        ({"time_zone": "../etc/passwd"}, "time_zone"),
        ({"quiet_from": time(22)}, "quiet_until"),
        ({"quiet_until": time(7)}, "quiet_from"),
        ({"quiet_from": time(7), "quiet_until": time(7)}, "quiet_until"),
        ({"rhythm": "hourly"}, "rhythm"),
        ({"digest_hour": 24}, "digest_hour"),
        ({"digest_weekday": 7}, "digest_weekday"),
    ],
)
def test_what_cannot_be_is_refused_by_name(mira: User, wishes: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        wish(mira, **wishes)
    assert refused.value.field == field


def test_only_an_administrator_sets_what_others_are_told(mira: User) -> None:
    with pytest.raises(Forbidden):
        notifications.change(person=mira, wishes={"desk": True}, by=make_user("editor"), at=NOW)
    notifications.change(person=mira, wishes={"desk": True}, by=make_user("administrator"), at=NOW)
    assert NotificationSettings.objects.get(person=mira).desk


def test_a_webhook_is_signed_over_its_id_time_and_body(mira: User, site: Site) -> None:
    secret = turn(mira, "webhook").secret
    due(mira)
    work_off(NOW)
    (url, body, headers), row = site.got[0], rows("webhook")[0]
    assert url == HOOK
    assert headers["webhook-id"] == f"reminder-{row.pk}"
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    digest = hmac.new(b64decode(secret.removeprefix("whsec_")), signed, hashlib.sha256).digest()
    assert headers["webhook-signature"] == f"v1,{b64encode(digest).decode()}"
    assert int(headers["webhook-timestamp"]) == NOW.timestamp()
    event = json.loads(body)
    assert (event["type"], event["data"]["claim"]) == ("recheck.due", row.recheck.claim_id)
    assert row.sent_at == NOW


def test_a_webhook_that_broke_off_has_the_same_id_again(mira: User, site: Site) -> None:
    turn(mira, "webhook")
    due(mira)
    work_off(NOW)
    Reminder.objects.filter(channel="webhook").update(work_state="running", lease_until=NOW, sent_at=None)
    work_off(NOW + days(1))
    first, again = site.got
    assert first[1] == again[1]
    assert first[2]["webhook-id"] == again[2]["webhook-id"]


def test_slack_gets_text_and_blocks_that_are_only_words(mira: User, site: Site) -> None:
    turn(mira, "slack")
    claim = make_claim(text="<!channel> & <https://evil.example|bridge>")
    publish(claim, by=mira)
    claim.rechecks.update(due_at=NOW)
    reminders.remind_due(at=NOW)
    work_off(NOW)
    sent = json.loads(site.got[0][1])
    assert set(sent) == {"text", "blocks"}
    words = sent["blocks"][1]["text"]["text"]
    assert "&lt;!channel&gt; &amp; &lt;https://evil.example|bridge&gt;" in words
    assert f"/claims/{claim.pk}/|Look at it>" in words


def test_channels_that_are_off_get_nothing(mira: User, site: Site) -> None:
    turn(mira, "email", is_on=False)
    turn(mira, "webhook")
    turn(mira, "webhook", is_on=False)
    due(mira)
    assert {row.channel for row in Reminder.objects.all()} == {"inbox"}


def test_what_waits_on_a_channel_that_is_turned_off_is_given_up(mira: User) -> None:
    due(mira)
    turn(mira, "email", is_on=False)
    work_off(NOW)
    assert mail.outbox == []
    assert rows("email")[0].failure == "The channel was turned off. It is in the inbox."


@pytest.mark.parametrize(
    "address",
    [
        "",
        "hooks.example.org",
        "http://localhost/hook",
        "http://10.0.0.1/",
        "https://me:pw@hooks.example.org/",
    ],
)
def test_an_address_that_cannot_be_used_is_refused(mira: User, address: str) -> None:
    with pytest.raises(Invalid) as refused:
        turn(mira, "webhook", address=address)
    assert refused.value.field == "address"


def test_another_address_has_another_secret(mira: User) -> None:
    first = turn(mira, "webhook").secret
    assert turn(mira, "webhook").secret == first
    assert turn(mira, "webhook", address=None).secret == first
    assert turn(mira, "webhook", address=f"{HOOK}2").secret != first


def test_nobody_turns_the_inbox_off(mira: User) -> None:
    with pytest.raises(Invalid):
        turn(mira, "inbox", is_on=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        PersonChannel.objects.create(person=mira, name="inbox")


def test_every_channel_but_the_inbox_is_registered() -> None:
    assert set(CHANNELS) == set(Reminder.Channel.values) - {"inbox"}


def test_a_failing_channel_says_so_and_is_given_up_after_ten_tries(mira: User, site: Site) -> None:
    turn(mira, "webhook")
    site.error = FetchError("http_status", "The site answered with status 500.", final=False)
    due(mira, 3)
    for hour in range(10):
        work_off(NOW + timedelta(hours=hour))
    hook = mira.channels.get(name="webhook")
    assert (hook.is_on, hook.failures, hook.failure) == (False, 10, "The site answered with status 500.")
    assert len(site.got) == 10
    assert {row.work_state for row in rows("webhook")} == {"failed"}
    turn(mira, "webhook")
    assert mira.channels.get(name="webhook").switched_off_at is None


def test_a_site_that_asks_for_time_is_given_it(mira: User, site: Site) -> None:
    turn(mira, "webhook")
    wait = timedelta(hours=2)
    site.error = FetchError("http_status", "Status 429.", final=False, retry_after=wait)
    due(mira)
    work_off(NOW)
    assert rows("webhook")[0].not_before == NOW + wait


def test_a_success_ends_the_count(mira: User, site: Site) -> None:
    turn(mira, "webhook")
    site.error = FetchError("time_out", "No answer.", final=False)
    due(mira)
    work_off(NOW)
    assert mira.channels.get(name="webhook").failures == 1
    site.error = None
    work_off(NOW + days(1))
    assert mira.channels.get(name="webhook").failures == 0


def refuse(error: Exception) -> Callable[..., int]:
    def send(*args: object) -> int:
        raise error

    return send


def test_a_mail_server_that_is_away_is_nobodys_fault(mira: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(EmailBackend, "send_messages", refuse(ConnectionRefusedError("refused")))
    due(mira, 3)
    for hour in range(10):
        work_off(NOW + timedelta(hours=hour))
    email = mira.channels.get(name="email")
    assert (email.is_on, email.failures) == (True, 0)
    assert "refused" in email.failure


def test_an_address_that_the_mail_server_refuses_counts(mira: User, monkeypatch: pytest.MonkeyPatch) -> None:
    error = smtplib.SMTPRecipientsRefused({"mira": (550, b"no such user")})
    monkeypatch.setattr(EmailBackend, "send_messages", refuse(error))
    due(mira)
    work_off(NOW)
    assert mira.channels.get(name="email").failures == 1


def test_a_test_goes_out_now_or_says_why_not(mira: User, site: Site) -> None:
    with pytest.raises(Conflict, match="Turn the channel on first"):
        notifications.send_test(person=mira, name="slack", by=mira, at=NOW)
    turn(mira, "slack")
    notifications.send_test(person=mira, name="slack", by=mira, at=NOW)
    assert "This is a test" in json.loads(site.got[0][1])["blocks"][1]["text"]["text"]
    site.error = FetchError("no_such_site", "There is no site of this name.", final=False)
    with pytest.raises(Conflict, match="There is no site of this name"):
        notifications.send_test(person=mira, name="slack", by=mira, at=NOW)


def test_a_mail_names_the_way_out_of_mails(mira: User) -> None:
    due(mira)
    work_off(NOW)
    headers = mail.outbox[0].message()
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "/unsubscribe/" in headers["List-Unsubscribe"]
    assert headers["Auto-Submitted"] == "auto-generated"
