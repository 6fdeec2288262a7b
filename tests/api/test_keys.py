"""What a key lets its program do, and making one."""

from datetime import timedelta
from io import StringIO

import pghistory.models
import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from claims import keys
from claims.models import ApiKey
from tests.api.conftest import Caller, caller, is_problem
from tests.api.test_problems import OPERATIONS
from tests.factories import TEXT, key_for, make_claim, make_user

pytestmark = pytest.mark.django_db

PUBLISH = {("POST", "/proposals/{id}/approve"), ("POST", "/proposals/{id}/send-back")}


def needed(method, path):
    if (method, path) in PUBLISH:
        return "publish"
    return "read" if method == "GET" else "write"


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
@pytest.mark.parametrize("scope", ["read", "write", "publish"])
def test_each_operation_needs_its_scope(method, path, scope):
    response = caller("administrator", scope).send(method, path.replace("{id}", "999"), {})
    if scope == needed(method, path):
        assert response.status_code != 403
    else:
        is_problem(response, 403, "no_scope")


@pytest.mark.parametrize(
    "change",
    [
        {"revoked_at": timezone.now() - timedelta(days=1)},
        {"expires_at": timezone.now() - timedelta(seconds=1)},
    ],
)
def test_a_key_that_is_over_opens_nothing(api, change):
    ApiKey.objects.update(**change)
    is_problem(api.get("/claims"), 401, "bad_key")


def test_the_key_of_somebody_who_left_opens_nothing(api):
    api.user.is_active = False
    api.user.save()
    is_problem(api.get("/claims"), 401, "bad_key")


def test_its_use_is_noted_but_not_at_every_request(api):
    api.get("/claims")
    noted = ApiKey.objects.get().last_used_at
    assert noted is not None
    api.get("/claims")
    assert ApiKey.objects.get().last_used_at == noted


def test_what_a_program_changes_is_in_the_audit_under_its_owner(api):
    claim = make_claim()
    api.patch(f"/claims/{claim.pk}", {"revision": 1, "text": "The bridge is open."})
    event = pghistory.models.Events.objects.tracks(claim).get(pgh_label="update")
    assert event.pgh_context["user"] == api.user.pk
    assert event.pgh_context["url"] == f"/api/v1/claims/{claim.pk}"


def test_a_person_who_is_logged_in_needs_no_key_but_a_csrf_token():
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user())
    assert client.get("/api/v1/claims").status_code == 200
    response = client.post("/api/v1/articles", {"text": TEXT}, content_type="application/json")
    is_problem(response, 403, "not_allowed")
    client.cookies["csrftoken"] = "x" * 32
    response = client.post(
        "/api/v1/articles",
        {"text": TEXT},
        content_type="application/json",
        headers={"X-CSRFToken": "x" * 32},
    )
    assert response.status_code == 201


def made(**options):
    out = StringIO()
    call_command("create_api_key", stdout=out, **options)
    return out.getvalue()


def test_the_command_prints_the_key_alone():
    make_user(username="mira")
    printed = made(owner="mira", scopes="read, write", name="importer", days=30)
    assert printed == printed.strip() + "\n"
    key = keys.authenticate(key=printed.strip(), at=timezone.now())
    assert (key.name, key.scopes) == ("importer", ["read", "write"])
    assert key.expires_at > timezone.now() + timedelta(days=29)
    assert Caller(printed.strip()).get("/claims").status_code == 200


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"owner": "nobody"}, "nobody"),
        ({"owner": "mira", "scopes": "read,everything"}, "scopes"),
        ({"owner": "mira", "scopes": ","}, "scopes"),
        ({"owner": "mira", "name": ""}, "name"),
        ({"owner": "mira", "days": 0}, "expires_at"),
        ({"owner": "mira", "days": 10**9}, "--days"),
    ],
)
def test_the_command_says_what_is_wrong(options, says):
    make_user(username="mira")
    with pytest.raises(CommandError, match=says):
        made(**options)
    assert not ApiKey.objects.exists()


def test_a_key_reads_nothing_of_its_own_kind():
    user = make_user()
    key = key_for(user, "read")
    assert key not in Caller(key).get("/claims").content.decode()
    assert ApiKey.objects.get().key_hash not in key
