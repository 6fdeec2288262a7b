"""API keys, the audit, re-checks handed over, and the content policy."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from claims import keys
from claims.models import ApiKey, Recheck
from tests.admin.conftest import list_of, page
from tests.factories import NOW, make_claim, make_user, publish

pytestmark = pytest.mark.django_db


def test_a_new_key_is_shown_once(client, enter):
    me = enter("administrator")
    given = {"owner": me.pk, "name": "wire", "scopes": ["read", "write"]}
    body = client.post(page("apikey", what="add"), given, follow=True).text
    (key,) = re.findall(r"rck_\w+_[\w-]{20,}", body)
    assert keys.authenticate(key=key, at=NOW) == ApiKey.objects.get()
    assert key not in client.get(list_of("apikey")).text


def test_a_key_that_would_have_expired_is_refused(client, enter):
    me = enter("administrator")
    given = {"owner": me.pk, "name": "wire", "scopes": ["read"]}
    given |= {"expires_at_0": "2001-01-01", "expires_at_1": "00:00"}
    answer = client.post(page("apikey", what="add"), given)
    assert "expires_at" in answer.context["adminform"].form.errors


def test_a_key_of_somebody_else_is_refused(client, enter):
    enter("administrator")
    given = {"owner": make_user().pk, "name": "wire", "scopes": ["publish"]}
    answer = client.post(page("apikey", what="add"), given)
    assert "owner" in answer.context["adminform"].form.errors
    assert not ApiKey.objects.exists()


def test_a_key_is_revoked(client, enter):
    enter("administrator")
    row, key = keys.create(owner=make_user(), name="wire", scopes=["read"], at=NOW)
    client.post(f"/admin/claims/apikey/{row.pk}/revoke/", {"_form_submitted": "on"})
    assert keys.authenticate(key=key, at=NOW) is None


def test_an_editor_sees_keys_but_revokes_none(client, enter):
    enter("editor")
    row, _ = keys.create(owner=make_user(), name="wire", scopes=["read"], at=NOW)
    assert client.post(f"/admin/claims/apikey/{row.pk}/revoke/", {"_form_submitted": "on"}).status_code == 403


def test_the_audit_says_who_changed_what_from_what_to_what(client, enter):
    me = enter()
    claim = make_claim(text="It is closed.")
    edit = {
        "text": "It is open.",
        "kind": claim.kind,
        "when": "",
        "claimant": "",
        "assignee": "",
        "revision": 1,
    }
    client.post(page("claim", claim.pk), edit)
    changed, added = client.get(page("claim", claim.pk)).context["audit"]
    assert (changed.who, changed.verb) == (str(me), "changed")
    assert [(one.before, one.after) for one in changed.edits if one.field == "text"] == [
        ("It is closed.", "It is open.")
    ]
    assert (added.who, added.verb) == ("", "added")


def test_the_whole_audit_is_narrowed_by_kind_and_person(client, enter):
    me = enter()
    claim = make_claim()
    client.post(f"/admin/claims/claim/{claim.pk}/reject/", {"_form_submitted": "on", "why": "an opinion"})
    publish(make_claim())
    mine = client.get(list_of("events", f"who={me.pk}", app="pghistory")).context["entries"]
    assert {entry.who for entry in mine} == {str(me)}
    kinds = {
        entry.kind
        for entry in client.get(list_of("events", "kind=proposal", app="pghistory")).context["entries"]
    }
    assert kinds == {"proposal"}


@pytest.mark.parametrize("query", ["page=0", "page=99999999999", "page=x", "kind=nonsense", "who=x"])
def test_the_audit_bears_any_address(client, enter, query):
    enter()
    assert client.get(list_of("events", query, app="pghistory")).status_code == 200


def test_rechecks_are_handed_over_one_and_many(client, enter):
    enter()
    colleague = make_user()
    one, other = (publish(make_claim()).claim.rechecks.get() for _ in range(2))
    client.post(
        f"/admin/claims/recheck/{one.pk}/hand_over/", {"_form_submitted": "on", "assignee": colleague.pk}
    )
    fields = {"action": "hand_over_selected", "_selected_action": [other.pk], "confirm": "yes"}
    client.post(list_of("recheck"), fields | {"assignee": colleague.pk})
    assert Recheck.objects.filter(assignee=colleague).count() == 2


def test_a_contributor_hands_nothing_over(client, enter):
    recheck = publish(make_claim()).claim.rechecks.get()
    enter("contributor")
    answer = client.post(f"/admin/claims/recheck/{recheck.pk}/hand_over/", {"_form_submitted": "on"})
    assert answer.status_code == 403


def test_only_the_admin_carries_the_looser_policy(client, enter):
    enter()
    admin = client.get(reverse("admin:index")).headers["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-eval'" in admin
    assert "'unsafe-inline'" not in admin.split("script-src")[1].split(";")[0]
    desk = client.get(reverse("login")).headers["Content-Security-Policy"]
    assert "unsafe" not in desk
