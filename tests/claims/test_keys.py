"""API keys are shown once, kept as a hash, scoped, expiring and revocable."""

import pytest

from claims import keys
from claims.errors import Forbidden, Invalid
from claims.models import ApiKey
from tests.factories import NOW, days, key_for, make_user

pytestmark = pytest.mark.django_db


def test_a_key_opens_and_is_not_stored() -> None:
    owner = make_user()
    key = key_for(owner, "read")
    row = keys.authenticate(key=key, at=NOW)
    assert row is not None
    assert (row.owner, row.scopes) == (owner, ["read"])
    assert key not in str(ApiKey.objects.values().get())


@pytest.mark.parametrize(
    "broken", ["", "rck_", "rck_abc", "nonsense", "rck_%00_x", "rck_deadbeef_" + "x" * 40, "\ud800"]
)
def test_a_wrong_key_does_not(broken: str) -> None:
    key_for(make_user())
    assert keys.authenticate(key=broken, at=NOW) is None


def test_a_changed_secret_does_not() -> None:
    assert keys.authenticate(key=key_for(make_user()) + "x", at=NOW) is None


def test_an_expired_revoked_or_ownerless_key_does_not() -> None:
    owner = make_user()
    row, key = keys.create(owner=owner, name="a", scopes=["read"], at=NOW, expires_at=NOW + days(1))
    assert keys.authenticate(key=key, at=NOW + days(1)) is None
    keys.revoke(key=row, by=owner, at=NOW)
    assert keys.authenticate(key=key, at=NOW) is None
    other = key_for(owner)
    owner.is_active = False
    owner.save()
    assert keys.authenticate(key=other, at=NOW) is None


def test_nobody_makes_a_key_that_is_somebody_elses_second_pair_of_eyes() -> None:
    chief = make_user("editor")
    with pytest.raises(Forbidden):
        keys.create(owner=make_user(), name="a", scopes=["publish"], at=NOW, by=chief)
    keys.create(owner=chief, name="a", scopes=["publish"], at=NOW, by=chief)


def test_only_the_owner_or_an_administrator_revokes() -> None:
    row, _ = keys.create(owner=make_user(), name="a", scopes=["read"], at=NOW)
    with pytest.raises(Forbidden):
        keys.revoke(key=row, by=make_user("editor"), at=NOW)
    keys.revoke(key=row, by=make_user("administrator"), at=NOW)
    row.refresh_from_db()
    assert row.revoked_at == NOW


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"scopes": []}, "scopes"),
        ({"scopes": ["root"]}, "scopes"),
        ({"name": ""}, "name"),
        ({"expires_at": NOW}, "expires_at"),
    ],
)
def test_a_bad_key_names_its_field(given: dict, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        keys.create(**({"owner": make_user(), "name": "a", "scopes": ["read"], "at": NOW} | given))
    assert refused.value.field == field
